import type { WebhookDeliveryRecord } from "../../records";
import { resetWebhookTrouble, webhookTrouble } from "../../webhooks/trouble";
import type { World } from "../../world";
import { time } from "../look/format";
import { type Html, html } from "../look/html";
import { badge, empty, facts, table } from "../look/pieces";
import type { Visit } from "../visit";

/** Latest deliveries that the page lists. */
const LISTED = 60;

/** What was sent to the app, what waits and what was given up. */
export function deliveries(visit: Visit): Html {
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
          ["Topic", "When", "State", "Attempts", "Body", ""],
          all.slice(0, LISTED).map((each) => row(visit, each)),
        )
  }`;
}

function row(visit: Visit, each: WebhookDeliveryRecord): Html {
  const last = each.attempts.at(-1);
  return html`<tr><td><code>${each.topic}</code></td><td>${time(each.triggeredAt, visit.settings.timezone)}</td><td>${badge(each.state)}</td>
<td>${each.attempts.length}${last ? html`<small>${last.status ?? last.error} in ${last.milliseconds} ms</small>` : null}</td>
<td><details><summary>${(each.body.length / 1024).toFixed(1)} KB</summary><pre>${pretty(each.body)}</pre></details></td>
<td><form method="post" action="/control/webhooks/${each.webhookId}/again?shop=${visit.handle}"><button class="button" aria-label="Send ${each.topic} again">Send again</button></form></td></tr>`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 1);
  } catch {
    return body;
  }
}

/** How every delivery of this local Shopify arrives from now on. */
export function troubleForm(visit: Visit): Html {
  const now = webhookTrouble(visit.world);
  return html`<form method="post" action="/control/webhooks?shop=${visit.handle}">
<label class="field"><span>Times each one arrives</span><input type="number" name="copies" min="1" max="10" value="${now.copies}"></label>
<label class="field"><span>Milliseconds before the first attempt</span><input type="number" name="delay" min="0" max="600000" value="${now.delay}"></label>
<label class="switch"><input type="checkbox" name="shuffle" ${now.shuffle ? html`checked` : null}> <span>Out of order: newest first</span></label>
<label class="field"><span>Topics that are lost</span><input type="text" name="lose" value="${now.lose.join(", ")}" placeholder="orders/paid, carts/update, or *"></label>
<p class="form-end"><button class="button" name="reset" value="1">Ordinary</button> <button class="button primary">Apply</button></p></form>`;
}

/** Applies what the form asks; a number that cannot be read is the ordinary one. */
export function setTrouble(world: World, asked: Record<string, string>): void {
  resetWebhookTrouble(world);
  if (asked.reset) return;
  Object.assign(webhookTrouble(world), {
    copies: clamp(asked.copies, 1, 10),
    delay: clamp(asked.delay, 0, 600_000),
    shuffle: asked.shuffle === "on",
    lose: (asked.lose ?? "")
      .split(",")
      .map((topic) => topic.trim())
      .filter(Boolean),
  });
}

function clamp(value: string | undefined, least: number, most: number): number {
  const number = Math.floor(Number(value));
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : least;
}
