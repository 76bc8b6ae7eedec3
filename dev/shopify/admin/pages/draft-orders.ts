import type { Request } from "express";
import type { DraftOrderRecord } from "../../records";
import { customerName, money, time, words } from "../look/format";
import { html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, facts, lineTable, listControls, pager, table, totalsList } from "../look/pieces";
import type { Visit } from "../visit";
import { listingOf, matches, PAGE_SIZE, pageOf } from "./listing";
import { address, attributes } from "./person";

const VIEWS = [
  { label: "All", value: "all" },
  { label: "Open and invoiced", value: "open" },
  { label: "Completed", value: "completed" },
];

export function draftOrdersPage(visit: Visit, request: Request): string {
  const { shop, settings, base } = visit;
  const listing = listingOf(request, VIEWS);
  const nameOf = (draft: DraftOrderRecord): string =>
    customerName(draft.customerId ? shop.get("customer", draft.customerId) : null);
  const found = shop
    .all("draftOrder")
    .filter((each) => listing.view === "all" || (each.status === "COMPLETED") === (listing.view === "completed"))
    .filter((each) => matches(listing.query, [each.name, each.email, nameOf(each), each.tags.join(" ")]))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const rows = pageOf(found, listing.page).map(
    (draft) => html`<tr><td><a href="${base}/draft_orders/${draft.id}">${draft.name}</a></td>
<td>${time(draft.createdAt, settings.timezone)}</td><td>${nameOf(draft)}</td><td>${badge(draft.status)}</td>
<td class="right">${money(draft.totals.total, settings.currency)}</td></tr>`,
  );
  return layout(visit, {
    title: "Draft orders",
    body: card(
      null,
      html`${listControls(visit, listing.query, VIEWS, listing.view)}${
        rows.length === 0
          ? empty("No draft orders match.")
          : table(
              "Draft orders",
              ["Draft", "Created", "Customer", "Status", html`<span class="right">Total</span>`],
              rows,
            )
      }${pager(visit, { ...listing, size: PAGE_SIZE, total: found.length })}`,
    ),
  });
}

export function draftOrderPage(visit: Visit, draft: DraftOrderRecord): string {
  const { shop, settings, base } = visit;
  const customer = draft.customerId ? shop.get("customer", draft.customerId) : null;
  const open = draft.status !== "COMPLETED";
  return layout(visit, {
    title: draft.name,
    back: { label: "Draft orders", path: "/draft_orders" },
    actions: html`${badge(draft.status)}${
      open
        ? html`<form method="post" action="${base}/draft_orders/${draft.id}/delete" data-confirm="Delete ${draft.name}? This cannot be undone."><button class="button">Delete</button></form>
<form method="post" action="${base}/draft_orders/${draft.id}/complete"><button class="button" name="payment" value="pending">Complete, payment pending</button></form>
<form method="post" action="${base}/draft_orders/${draft.id}/complete"><button class="button primary" name="payment" value="paid">Mark as paid</button></form>`
        : draft.orderId
          ? html`<a class="button primary" href="${base}/orders/${draft.orderId}">Open the order</a>`
          : null
    }`,
    body: html`<div class="columns"><div>
${card("Lines", lineTable(visit, draft.lines))}
${card("Payment", totalsList(visit, draft.totals))}
</div><div>
${card("Note", draft.note ? html`<p class="pre">${draft.note}</p>` : empty("No note."))}
${card(
  "Customer",
  html`<p>${customer ? html`<a href="${base}/customers/${customer.id}">${customerName(customer)}</a>` : "No customer"}</p>${facts(
    [
      ["E-mail", draft.email ?? "—"],
      ["Phone", draft.phone ?? "—"],
      ["Shipping address", address(draft.shippingAddress)],
    ],
  )}`,
)}
${card(
  "Invoice",
  facts([
    ["Sent", time(draft.invoiceSentAt, settings.timezone)],
    [
      "Page",
      html`<a href="${settings.storefrontOrigin}/invoices/${draft.invoiceToken}" target="_blank" rel="noopener">Open the invoice</a>`,
    ],
    ["Stock reserved until", time(draft.reserveInventoryUntil, settings.timezone)],
  ]),
)}
${card("Additional details", attributes(draft.attributes))}
${card(
  "More",
  facts([
    ["Tags", draft.tags.join(", ") || "—"],
    ["Discount", draft.orderDiscount ? (draft.orderDiscount.title ?? words(draft.orderDiscount.valueType)) : "—"],
    ["Shipping", draft.shippingLine?.title ?? "—"],
    ["Purchase order number", draft.poNumber ?? "—"],
  ]),
)}</div></div>`,
  });
}
