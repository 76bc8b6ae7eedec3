import { type Request, type Response, Router, urlencoded } from "express";
import { resetSwitchboard, switchboard } from "../../admin-api/switchboard";
import type { ShopStore } from "../../store";
import { shopRedactPayload } from "../../webhooks/payloads";
import { publish, sendAgain } from "../../webhooks/publish";
import type { World } from "../../world";
import { type Html, html } from "../look/html";
import { layout } from "../look/layout";
import { card } from "../look/pieces";
import { handleOf, type Visit, visitOf } from "../visit";
import { bulkCard, setBulkTrouble } from "./bulk";
import { protectedDataForm, setProtectedData } from "./protected-data";
import { deliveries, setTrouble, troubleForm } from "./webhooks";

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

  on("/webhooks", (_shop, request) => setTrouble(world, request.body as Record<string, string>));

  on("/bulk", (shop, request) => setBulkTrouble(world, shop, request.body as Record<string, string>));

  on("/webhooks/:id/again", (shop, request) => sendAgain(world, shop, String(request.params.id)));

  on("/redact", (shop) => publish(world, shop, "shop/redact", shopRedactPayload(shop)));

  on("/fields", (shop, request) => setProtectedData(shop, request.body as Record<string, unknown>));
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
${card("How webhooks arrive", troubleForm(visit))}
${card("Admin API", adminApiForm(visit))}
${card("Bulk operations", bulkCard(visit))}
${card("Protected customer data", protectedDataForm(visit))}
${card("Erasing the shop", redactForm(visit))}
${card(
  "Elsewhere",
  html`<ul class="links"><li><a href="${settings.storefrontOrigin}/" target="_blank" rel="noopener">Storefront of ${settings.name}</a></li>
${world.mail ? html`<li>Mail is caught by SMTP on ${world.mail.host}:${world.mail.port}</li>` : null}</ul>`,
)}</div></div>`,
  });
}

/** Real Shopify sends it 48 hours after an uninstall, once. */
function redactForm(visit: Visit): Html {
  return html`<form method="post" action="/control/redact?shop=${visit.handle}" data-confirm="Have the app erase everything of ${visit.settings.name}?">
<p class="hint">Shopify sends shop/redact 48 hours after the app was uninstalled; here it is sent at once. An app that is installed keeps the shop.</p>
<p class="form-end"><button class="button">Send shop/redact</button></p></form>`;
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
