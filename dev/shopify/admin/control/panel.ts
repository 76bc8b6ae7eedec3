import { type Request, type Response, Router, urlencoded } from "express";
import { resetSwitchboard, switchboard } from "../../admin-api/switchboard";
import type { WebhookDeliveryRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { time } from "../format";
import { type Html, html } from "../html";
import { layout } from "../layout";
import { badge, card, empty, facts, table } from "../pieces";
import { handleOf, type Visit, visitOf } from "../visit";

/** Personal fields that a review can approve one by one; unapproved ones come back null with an error. */
const FIELDS = [
  "Customer.firstName",
  "Customer.lastName",
  "Customer.email",
  "Customer.phone",
  "MailingAddress.address1",
];

/** `/control`: what Shopify's owners see and merchants do not, for breaking things on purpose. */
export function controlPanel(world: World): Router {
  const router = Router();
  router.use(urlencoded({ extended: false }));
  router.get("/", (request, response) => {
    const visit = visitAt(world, request);
    if (!visit) response.status(404).type("text").send("This local Shopify has no shop yet.");
    else response.set("Cache-Control", "no-store").type("html").send(page(visit));
  });
  const on = (path: string, work: (shop: ShopStore, request: Request) => void): void => {
    router.post(path, (request: Request, response: Response) => {
      const visit = visitAt(world, request);
      if (!visit) return response.status(404).send("No such shop.");
      work(visit.shop, request);
      return response.redirect(303, `/control?shop=${visit.handle}`);
    });
  };

  on("/admin-api", (_shop, request) => {
    const { state, milliseconds } = request.body as Record<string, string>;
    resetSwitchboard(world);
    const slow = state === "slow" ? Math.min(60_000, Math.max(0, Number(milliseconds) || 2000)) : 0;
    Object.assign(switchboard(world), { down: state === "down", throttled: state === "throttled", slow });
  });

  on("/fields", (shop, request) => {
    const approved = [request.body.approved ?? []].flat().map(String);
    const settings = shop.settings();
    const others = settings.unapprovedFields.filter((field) => !FIELDS.includes(field));
    shop.put("shop", "shop", {
      ...settings,
      unapprovedFields: [...others, ...FIELDS.filter((field) => !approved.includes(field))],
    });
  });
  return router;
}

/** The panel's pages are about one shop, named in the query. */
function visitAt(world: World, request: Request): Visit | null {
  const asked = String(request.query.shop ?? request.body?.shop ?? "");
  const known = world.store.domains().map(handleOf);
  const handle = known.includes(asked) ? asked : (known.find((each) => each.startsWith("northwind")) ?? known[0]);
  if (!handle) return null;
  request.params.handle = handle;
  return visitOf(world, request);
}

function page(visit: Visit): string {
  const { world, settings } = visit;
  return layout(visit, {
    title: "Control panel",
    body: html`<p class="lead">For trying how the app behaves when Shopify does not. ${world.store
      .domains()
      .map((domain) => html`<a href="/control?shop=${handleOf(domain)}">${domain}</a> `)}</p>
<div class="columns"><div>${card("Webhook deliveries", deliveries(visit))}</div><div>
${card("Admin API", adminApiForm(visit))}
${card("Protected customer data", fieldsForm(visit))}
${card(
  "Elsewhere",
  html`<ul class="links"><li><a href="${settings.storefrontOrigin}/" target="_blank" rel="noopener">Storefront of ${settings.name}</a></li>
${world.mail ? html`<li>Mail is caught by SMTP on ${world.mail.host}:${world.mail.port}</li>` : null}</ul>`,
)}</div></div>`,
  });
}

function deliveries(visit: Visit): Html {
  const all = [...visit.shop.all("webhookDelivery")].sort((a, b) => b.triggeredAt.localeCompare(a.triggeredAt));
  const waiting = all.filter((each) => each.state === "waiting").length;
  return html`${facts([
    ["Waiting", String(waiting)],
    ["Delivered", String(all.filter((each) => each.state === "delivered").length)],
    ["Given up", String(all.filter((each) => each.state === "failed").length)],
  ])}${
    all.length === 0
      ? empty("Nothing has been sent yet.")
      : table(
          "Deliveries",
          ["Topic", "When", "State", "Attempts", "Body"],
          all.slice(0, 60).map((each) => row(visit, each)),
        )
  }`;
}

function row(visit: Visit, each: WebhookDeliveryRecord): Html {
  const last = each.attempts.at(-1);
  return html`<tr><td><code>${each.topic}</code></td><td>${time(each.triggeredAt, visit.settings.timezone)}</td><td>${badge(each.state)}</td>
<td>${each.attempts.length}${last ? html`<small>${last.status ?? last.error} in ${last.milliseconds} ms</small>` : null}</td>
<td><details><summary>${(each.body.length / 1024).toFixed(1)} KB</summary><pre>${pretty(each.body)}</pre></details></td></tr>`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 1);
  } catch {
    return body;
  }
}

function adminApiForm(visit: Visit): Html {
  const board = switchboard(visit.world);
  const now = board.down ? "down" : board.throttled ? "throttled" : board.slow > 0 ? "slow" : "normal";
  const choice = (value: string, label: string): Html =>
    html`<label class="switch"><input type="radio" name="state" value="${value}" ${value === now ? html`checked` : null}> <span>${label}</span></label>`;
  return html`<form method="post" action="/control/admin-api?shop=${visit.handle}">
${choice("normal", "Works")}${choice("down", "Down: every answer is 503")}${choice("throttled", "Throttled: every query is refused")}${choice("slow", "Slow")}
<label class="field"><span>Milliseconds before each answer</span><input type="number" name="milliseconds" min="0" max="60000" value="${board.slow || 2000}"></label>
<p class="form-end"><button class="button primary">Apply</button></p></form>`;
}

function fieldsForm(visit: Visit): Html {
  const { unapprovedFields } = visit.settings;
  return html`<form method="post" action="/control/fields?shop=${visit.handle}"><p class="hint">Approved for the app by the review:</p>
${FIELDS.map(
  (field) =>
    html`<label class="switch"><input type="checkbox" name="approved" value="${field}" ${unapprovedFields.includes(field) ? null : html`checked`}> <span>${field}</span></label>`,
)}<p class="form-end"><button class="button primary">Apply</button></p></form>`;
}
