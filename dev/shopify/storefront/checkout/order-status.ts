import type { OrderRecord } from "../../records";
import { checkoutPixels } from "../pixels/tags";
import type { Visit } from "../visit";
import { checkoutPage, summary } from "./frame";
import { type Html, html } from "./html";

/** `/orders/<status token>`: the thank-you page after payment and the order's page from then on. */
export function orderStatusPage(visit: Visit, order: Readonly<OrderRecord>): string {
  const name = order.shippingAddress?.firstName ?? visit.customer?.firstName ?? "";
  const address = order.shippingAddress;
  const state = order.cancelledAt
    ? "This order was cancelled."
    : order.fulfillmentStatus === "FULFILLED"
      ? "Your order has been sent."
      : order.financialStatus === "PENDING"
        ? "Your order is confirmed and waits for payment."
        : "Your order is confirmed.";
  const main = html`<h1>Order ${order.name}</h1><h2>Thank you${name && `, ${name}`}!</h2>
<div class="card"><p><strong>${state}</strong></p><p>${order.email && html`A confirmation was sent to ${order.email}.`}</p></div>
${order.fulfillments.map(parcel)}
<div class="card"><h2>Order details</h2><dl class="review"><dt>Contact</dt><dd>${order.email ?? "–"}</dd><dd></dd>
<dt>Payment</dt><dd>${order.financialStatus.toLowerCase().replaceAll("_", " ")}</dd><dd></dd>
${address && html`<dt>Ship to</dt><dd>${[`${address.firstName} ${address.lastName}`.trim(), address.address1, `${address.zip} ${address.city}`, address.countryCode].join(", ")}</dd><dd></dd>`}
${order.shippingLine && html`<dt>Method</dt><dd>${order.shippingLine.title}</dd><dd></dd>`}</dl></div>
<p><a href="/">Continue shopping</a></p>`;
  const checkout = order.checkoutToken === null ? null : visit.shop.get("checkout", order.checkoutToken);
  const scripts = checkout ? checkoutPixels(visit, { checkout, step: "thank_you", order }) : "";
  return checkoutPage(visit, `Order ${order.name}`, main, summary(visit, order.lines, order.totals), scripts);
}

function parcel(fulfillment: OrderRecord["fulfillments"][number]): Html {
  const status = fulfillment.displayStatus.toLowerCase().replaceAll("_", " ");
  return html`<div class="card"><p><strong>Parcel ${fulfillment.name}</strong>: ${status}</p>
${fulfillment.trackingNumber && html`<p>${fulfillment.trackingCompany} ${fulfillment.trackingUrl ? html`<a href="${fulfillment.trackingUrl}">${fulfillment.trackingNumber}</a>` : fulfillment.trackingNumber}</p>`}</div>`;
}
