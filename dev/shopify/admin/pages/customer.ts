import { type CustomerRecord, gid } from "../../records";
import type { ShopStore } from "../../store";
import { accountCard } from "../customers/account-card";
import { consentCard } from "../customers/consent-card";
import { mergeCard } from "../customers/merge-card";
import { metafieldsCard } from "../customers/metafields-card";
import { privacyCard } from "../customers/privacy-card";
import { extensionActions, extensionBlocks } from "../extensions/cards";
import { count, customerName, money, time, words } from "../look/format";
import { html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, facts, table } from "../look/pieces";
import type { Visit } from "../visit";
import { address } from "./person";

/** How many orders each customer placed and what they paid, net of refunds, in minor units. */
export function spendBy(shop: ShopStore): Map<number, { orders: number; amount: number }> {
  const spent = new Map<number, { orders: number; amount: number }>();
  for (const order of shop.all("order")) {
    if (order.customerId === null) continue;
    const own = spent.get(order.customerId) ?? { orders: 0, amount: 0 };
    const paid = order.cancelledAt || order.financialStatus === "PENDING" ? 0 : order.totals.total - order.refunded;
    spent.set(order.customerId, { orders: own.orders + 1, amount: own.amount + paid });
  }
  return spent;
}

/** What came of the last button pressed here, in the page's query. */
interface LastPressed {
  problem?: string | null;
  /** Which request about privacy was sent. */
  sent?: unknown;
}

export function customerPage(
  visit: Visit,
  customer: CustomerRecord,
  { problem = null, sent }: LastPressed = {},
): string {
  const { shop, settings, base } = visit;
  const own = spendBy(shop).get(customer.id) ?? { orders: 0, amount: 0 };
  const orders = shop
    .all("order")
    .filter((order) => order.customerId === customer.id)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const carts = shop.all("cart").filter((cart) => cart.customerId === customer.id && !cart.completedAt);
  return layout(visit, {
    title: customerName(customer),
    back: { label: "Customers", path: "/customers" },
    actions: extensionActions(visit, "customer", gid("Customer", customer.id)),
    body: html`<p class="lead">${count(own.orders, "order")} · ${money(own.amount, settings.currency)} spent · customer since ${time(
      customer.createdAt,
      settings.timezone,
    )}</p><div class="columns"><div>
${card(
  "Orders",
  orders.length === 0
    ? empty("No orders yet.")
    : table(
        "Orders",
        ["Order", "Placed", "Payment", "Fulfilment", html`<span class="right">Total</span>`],
        orders.map(
          (order) => html`<tr><td><a href="${base}/orders/${order.id}">${order.name}</a></td>
<td>${time(order.createdAt, settings.timezone)}</td><td>${badge(order.financialStatus)}</td><td>${badge(order.fulfillmentStatus)}</td>
<td class="right">${money(order.totals.total, settings.currency)}</td></tr>`,
        ),
      ),
)}
${card(
  "Open carts",
  carts.length === 0
    ? empty("Nothing in a cart.")
    : html`<ul class="links">${carts.map(
        (cart) => html`<li>${cart.lines.map((line) => `${line.quantity} × ${line.title}`).join(", ") || "Empty"}</li>`,
      )}</ul>`,
)}${extensionBlocks(visit, "customer", gid("Customer", customer.id))}</div><div>
${card(
  "Contact",
  facts([
    ["E-mail", customer.email ?? "—"],
    ["Phone", customer.phone ?? "—"],
    ["Language", customer.locale],
    ["Account", words(customer.state)],
  ]),
)}
${card(
  "Addresses",
  customer.addresses.length === 0
    ? empty("None.")
    : html`${customer.addresses.map((each) => html`<p>${address(each)}</p>`)}`,
)}
${card(
  "Tags and note",
  facts([
    ["Tags", customer.tags.join(", ") || "—"],
    ["Note", customer.note ?? "—"],
    ["Tax", customer.taxExempt ? "Exempt" : "Collected"],
  ]),
)}
${consentCard(visit, customer)}${metafieldsCard(visit, customer)}
${accountCard(visit, customer)}
${mergeCard(visit, customer, problem)}
${privacyCard(visit, customer, sent)}
</div></div>`,
  });
}
