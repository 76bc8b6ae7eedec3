import { paidBackBy, receivedFor, refundsOf } from "../../commerce/orders/money";
import { returnableUnits, unsentUnits } from "../../commerce/orders/units";
import type { FulfillmentRecord, LineRecord, OrderRecord } from "../../records";
import { RETURN_REASONS, type ReturnRecord } from "../../records-orders";
import { money, time, words } from "../look/format";
import { type Html, html } from "../look/html";
import { badge, card, empty, facts } from "../look/pieces";
import type { Visit } from "../visit";
import { refundableLines } from "./order-actions";

/** Refunds and returns of an order, with the forms that make more of them. */
export function lifeCards(visit: Visit, order: OrderRecord): Html {
  return html`${card("Refunds", html`${refunds(visit, order)}${refundForm(visit, order)}`)}
${card("Returns", html`${returns(visit, order)}${returnForm(visit, order)}`)}
${card("Change the order", editForm(visit, order))}`;
}

function refunds(visit: Visit, order: OrderRecord): Html {
  const all = refundsOf(order);
  if (all.length === 0) return empty("Nothing has been refunded.");
  return html`${all.map((refund) =>
    facts([
      [time(refund.createdAt, visit.settings.timezone), money(paidBackBy(order, refund), visit.settings.currency)],
      ...refund.lines.map((line): [string, string] => {
        const of = order.lines.find((each) => each.id === line.lineId);
        return [`${line.quantity} × ${of?.title ?? "a line"}`, words(line.restockType)];
      }),
      ...(refund.note ? ([["Note", refund.note]] as [string, string][]) : []),
    ]),
  )}`;
}

function refundForm(visit: Visit, order: OrderRecord): Html | null {
  const lines = refundableLines(order);
  if (order.cancelledAt || lines.length === 0 || receivedFor(order) <= order.refunded) return null;
  return html`<form method="post" action="${at(visit, order)}/refund">${lines.map(({ line, units }) =>
    unitsField(`units-${line.id}`, units, line),
  )}<label class="switch"><input type="checkbox" name="restock" checked> <span>Put the units back on the shelf</span></label>
<label class="switch"><input type="checkbox" name="shipping"> <span>Refund the shipping</span></label>
<label class="field"><span>Note</span><input type="text" name="note"></label>
<p class="form-end"><button class="button">Refund</button></p></form>`;
}

function returns(visit: Visit, order: OrderRecord): Html {
  if (!order.returns?.length) return empty("No returns.");
  return html`${order.returns.map(
    (each) =>
      html`${facts([
        [each.name, badge(each.status)],
        ...each.lines.map((line): [string, string] => {
          const of = order.lines.find((one) => one.id === line.lineId);
          return [`${line.quantity} × ${of?.title ?? "a line"}`, words(line.reason)];
        }),
      ])}<div class="form-end">${stepsOf(each).map(
        ([step, label]) =>
          html`<form method="post" action="${at(visit, order)}/returns/${each.id}/${step}"><button class="button" aria-label="${label}: ${each.name}">${label}</button></form> `,
      )}</div>`,
  )}`;
}

function stepsOf(record: ReturnRecord): [string, string][] {
  if (record.status === "REQUESTED") {
    return [
      ["approve", "Approve"],
      ["decline", "Decline"],
    ];
  }
  if (record.status === "CLOSED") return [["reopen", "Open again"]];
  if (record.status !== "OPEN") return [];
  const untouched = record.lines.every((line) => line.processedQuantity === 0);
  return [
    ["refund", "Received: restock and refund"],
    ["receive", "Received"],
    ["close", "Close"],
    ...(untouched ? ([["cancel", "Cancel"]] as [string, string][]) : []),
  ];
}

function returnForm(visit: Visit, order: OrderRecord): Html | null {
  const sent = order.fulfillments.flatMap((parcel) => sentLines(order, parcel));
  if (order.cancelledAt || sent.length === 0) return null;
  return html`<form method="post" action="${at(visit, order)}/return">${sent.map(({ name, line, units }) =>
    unitsField(name, units, line),
  )}<label class="field"><span>Reason</span><select name="reason">${RETURN_REASONS.map(
    (reason) => html`<option value="${reason}">${words(reason)}</option>`,
  )}</select></label>
<label class="field"><span>What the buyer says</span><input type="text" name="note"></label>
<p class="form-end"><button class="button" name="by" value="buyer">The buyer asks for a return</button> <button class="button" name="by" value="staff">Open a return</button></p></form>`;
}

function sentLines(order: OrderRecord, parcel: FulfillmentRecord) {
  return parcel.lines.flatMap(({ lineId }, index) => {
    const units = returnableUnits(order, parcel, index);
    const line = order.lines.find((each) => each.id === lineId);
    return line && units > 0 ? [{ name: `units-${parcel.id}-${index}`, line, units }] : [];
  });
}

function editForm(visit: Visit, order: OrderRecord): Html {
  if (order.cancelledAt) {
    return html`<form method="post" action="${at(visit, order)}/delete" data-confirm="Delete ${order.name} for good?"><button class="button">Delete order</button></form>`;
  }
  const button = (line: LineRecord, step: string, label: string): Html =>
    html`<form method="post" action="${at(visit, order)}/lines/${line.id}/${step}"><button class="button" aria-label="${label}: ${line.title}">${label}</button></form>`;
  return html`${order.lines.map(
    (line) =>
      html`<p>${line.quantity} × ${line.title}</p><div class="form-end">${button(line, "more", "One more")} ${
        unsentUnits(order, line) > 0 && line.quantity > 1 ? button(line, "less", "One less") : null
      }</div>`,
  )}`;
}

function unitsField(name: string, most: number, line: LineRecord): Html {
  return html`<label class="field"><span>${line.title}${line.variantTitle ? ` · ${line.variantTitle}` : ""}, at most ${most}</span><input type="number" name="${name}" min="0" max="${most}" value="0"></label>`;
}

function at(visit: Visit, order: OrderRecord): string {
  return `${visit.base}/orders/${order.id}`;
}
