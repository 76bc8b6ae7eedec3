import { type FulfillmentRecord, gid, type OrderRecord } from "../../records";
import { PARCEL_EVENTS } from "../../records-orders";
import { extensionActions, extensionBlocks } from "../extensions/cards";
import { customerName, money, time, words } from "../look/format";
import { type Html, html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, facts, lineTable, totalsList } from "../look/pieces";
import { lifeCards } from "../orders/life-cards";
import type { Visit } from "../visit";
import { address, attributes } from "./person";

export function orderPage(visit: Visit, order: OrderRecord): string {
  const { shop, settings, base } = visit;
  const customer = order.customerId ? shop.get("customer", order.customerId) : null;
  return layout(visit, {
    title: order.name,
    back: { label: "Orders", path: "/orders" },
    actions: html`${order.cancelledAt ? badge("CANCELLED") : null}${badge(order.financialStatus)}${badge(order.fulfillmentStatus)}
${orderButtons(visit, order)}${extensionActions(visit, "order", gid("Order", order.id))}<a class="button" href="${settings.storefrontOrigin}/orders/${order.statusToken}" target="_blank" rel="noopener">Order status page</a>`,
    body: html`<p class="lead">${time(order.createdAt, settings.timezone)} from ${
      order.sourceName === "web" ? "the online store" : words(order.sourceName)
    }${order.draftOrderId ? html`, <a href="${base}/draft_orders/${order.draftOrderId}">its draft order</a>` : null}</p>
<div class="columns"><div>
${card("Lines", lineTable(visit, order.lines))}
${card("Payment", totalsList(visit, order.totals, order.refunded > 0 ? [["Refunded", -order.refunded]] : []))}
${card("Fulfilments", fulfilments(visit, order), fulfilForm(visit, order))}
${extensionBlocks(visit, "order", gid("Order", order.id))}
${lifeCards(visit, order)}
</div><div>
${card("Note", order.note ? html`<p class="pre">${order.note}</p>` : empty("No note."))}
${card(
  "Customer",
  html`<p>${customer ? html`<a href="${base}/customers/${customer.id}">${customerName(customer)}</a>` : "No customer"}</p>${facts(
    [
      ["E-mail", order.email ?? "—"],
      ["Phone", order.phone ?? "—"],
      ["Shipping address", address(order.shippingAddress)],
      ["Billing address", address(order.billingAddress)],
    ],
  )}`,
)}
${card("Additional details", attributes(order.attributes))}
${card(
  "More",
  facts([
    ["Tags", order.tags.join(", ") || "—"],
    ["Discount codes", order.discountCodes.join(", ") || "—"],
    [
      "Shipping",
      order.shippingLine ? `${order.shippingLine.title}, ${money(order.shippingLine.price, settings.currency)}` : "—",
    ],
    [
      "Cancelled",
      order.cancelledAt
        ? `${time(order.cancelledAt, settings.timezone)} (${words(order.cancelReason ?? "other")})`
        : "—",
    ],
  ]),
)}</div></div>`,
  });
}

/** What can still be done with the order as a whole. */
function orderButtons(visit: Visit, order: OrderRecord): Html | null {
  if (order.cancelledAt) return null;
  const at = `${visit.base}/orders/${order.id}`;
  const owed = ["PENDING", "AUTHORIZED"].includes(order.financialStatus);
  return html`${
    order.fulfillments.length === 0
      ? html`<form method="post" action="${at}/cancel" data-confirm="Cancel ${order.name} and refund it?"><button class="button">Cancel order</button></form>`
      : null
  }${owed ? html`<form method="post" action="${at}/paid"><button class="button primary">Mark as paid</button></form>` : null}`;
}

function parcelForm(visit: Visit, order: OrderRecord, parcel: FulfillmentRecord): Html {
  return html`<form method="post" class="parcel" action="${visit.base}/orders/${order.id}/parcels/${parcel.id}">
<label><span class="hidden">What the carrier reports of ${parcel.name}</span><select name="state">${PARCEL_EVENTS.map(
    (state) =>
      html`<option value="${state}" ${state === parcel.displayStatus ? html`selected` : null}>${words(state)}</option>`,
  )}</select></label><button class="button">Report</button></form>`;
}

function fulfilments(visit: Visit, order: OrderRecord): Html {
  if (order.fulfillments.length === 0) return empty("Nothing has been sent yet.");
  return html`${order.fulfillments.map(
    (each) =>
      html`${facts([
        [each.name, badge(each.displayStatus)],
        ["Sent", time(each.createdAt, visit.settings.timezone)],
        ["Carrier", each.trackingCompany ?? "—"],
        [
          "Tracking",
          each.trackingUrl && each.trackingNumber
            ? html`<a href="${each.trackingUrl}" target="_blank" rel="noopener noreferrer">${each.trackingNumber}</a>`
            : (each.trackingNumber ?? "—"),
        ],
        ["Delivered", time(each.deliveredAt, visit.settings.timezone)],
      ])}${reports(visit, order, each)}${parcelForm(visit, order, each)}`,
  )}`;
}

/** What the carrier reported, each with a button that takes it back. */
function reports(visit: Visit, order: OrderRecord, parcel: FulfillmentRecord): Html | null {
  if (!parcel.events?.length) return null;
  return html`<ul class="links">${parcel.events.map(
    (event) => html`<li>${words(event.status)}, ${time(event.happenedAt, visit.settings.timezone)}
<form method="post" action="${visit.base}/orders/${order.id}/parcels/${parcel.id}/events/${event.id}/delete"><button class="button" aria-label="Take back: ${words(event.status)}">Take back</button></form></li>`,
  )}</ul>`;
}

function fulfilForm(visit: Visit, order: OrderRecord): Html | null {
  if (order.cancelledAt || order.fulfillmentStatus === "FULFILLED") return null;
  return html`<form method="post" action="${visit.base}/orders/${order.id}/fulfil"><button class="button">Send what is left</button></form>
<form method="post" action="${visit.base}/orders/${order.id}/send-one"><button class="button">Send one unit</button></form>`;
}
