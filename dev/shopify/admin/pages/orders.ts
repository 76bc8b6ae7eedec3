import type { Request } from "express";
import type { OrderRecord } from "../../records";
import { count, customerName, money, time } from "../look/format";
import { html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, listControls, pager, table } from "../look/pieces";
import type { Visit } from "../visit";
import { listingOf, matches, PAGE_SIZE, pageOf } from "./listing";

const VIEWS = [
  { label: "All", value: "all" },
  { label: "Unfulfilled", value: "unfulfilled" },
  { label: "Unpaid", value: "unpaid" },
  { label: "Cancelled", value: "cancelled" },
];

export function ordersPage(visit: Visit, request: Request): string {
  const { shop, settings, base } = visit;
  const listing = listingOf(request, VIEWS);
  const nameOf = (order: OrderRecord): string =>
    customerName(order.customerId ? shop.get("customer", order.customerId) : null);
  const found = shop
    .all("order")
    .filter((order) => inView(order, listing.view))
    .filter((order) => matches(listing.query, [order.name, order.email, nameOf(order), order.tags.join(" ")]))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const rows = pageOf(found, listing.page).map(
    (order) => html`<tr><td><a href="${base}/orders/${order.id}">${order.name}</a></td>
<td>${time(order.createdAt, settings.timezone)}</td><td>${nameOf(order)}</td>
<td class="right">${money(order.totals.total, settings.currency)}</td>
<td>${order.cancelledAt ? badge("CANCELLED") : badge(order.financialStatus)}</td><td>${badge(order.fulfillmentStatus)}</td>
<td>${count(
      order.lines.reduce((sum, line) => sum + line.quantity, 0),
      "item",
    )}</td></tr>`,
  );
  return layout(visit, {
    title: "Orders",
    body: card(
      null,
      html`${listControls(visit, listing.query, VIEWS, listing.view)}${
        rows.length === 0
          ? empty("No orders match.")
          : table(
              "Orders",
              ["Order", "Placed", "Customer", html`<span class="right">Total</span>`, "Payment", "Fulfilment", "Items"],
              rows,
            )
      }${pager(visit, { ...listing, size: PAGE_SIZE, total: found.length })}`,
    ),
  });
}

function inView(order: OrderRecord, view: string): boolean {
  if (view === "cancelled") return order.cancelledAt !== null;
  if (view === "unfulfilled") return !order.cancelledAt && order.fulfillmentStatus !== "FULFILLED";
  if (view === "unpaid") return !order.cancelledAt && ["PENDING", "AUTHORIZED"].includes(order.financialStatus);
  return true;
}
