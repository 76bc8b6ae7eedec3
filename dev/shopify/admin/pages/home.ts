import { count, customerName, money, time } from "../look/format";
import { html } from "../look/html";
import { appHandle, layout } from "../look/layout";
import { badge, card, empty, facts, table } from "../look/pieces";
import type { Visit } from "../visit";

/** The shop at a glance, and where to go from here. */
export function homePage(visit: Visit): string {
  const { shop, settings, base } = visit;
  const orders = shop.all("order");
  const drafts = shop.all("draftOrder").filter((draft) => draft.status !== "COMPLETED");
  const carts = shop.all("cart").filter((cart) => !cart.completedAt && cart.lines.length > 0);
  const latest = [...orders].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, 8);
  return layout(visit, {
    title: "Home",
    body: html`<div class="columns"><div>
${card(
  "Latest orders",
  latest.length === 0
    ? empty("No orders yet.")
    : table(
        "Latest orders",
        ["Order", "Customer", "Placed", "Payment", html`<span class="right">Total</span>`],
        latest.map(
          (order) => html`<tr><td><a href="${base}/orders/${order.id}">${order.name}</a></td>
<td>${customerName(order.customerId ? shop.get("customer", order.customerId) : null)}</td>
<td>${time(order.createdAt, settings.timezone)}</td><td>${badge(order.financialStatus)}</td>
<td class="right">${money(order.totals.total, settings.currency)}</td></tr>`,
        ),
      ),
)}</div><div>
${card(
  settings.name,
  facts([
    ["Domain", settings.domain],
    ["Currency", settings.currency],
    ["Theme", settings.theme],
    ["Catalogue", count(shop.all("product").length, "product")],
    ["Customers", shop.all("customer").length.toLocaleString("en")],
    ["Orders", orders.length.toLocaleString("en")],
    ["Open draft orders", String(drafts.length)],
    ["Carts with something in them", String(carts.length)],
  ]),
)}
${card(
  "Where to go",
  html`<ul class="links">
<li><a href="${base}/apps/${appHandle(visit)}">Open ${visit.world.app.name}</a></li>
<li><a href="${settings.storefrontOrigin}/" target="_blank" rel="noopener">Shop as a customer</a></li>
<li><a href="${base}/themes/current/editor?context=apps">Turn the chat on in the theme</a></li>
<li><a href="/control?shop=${visit.handle}">Break things on purpose</a></li></ul>`,
)}</div></div>`,
  });
}
