import type { Request } from "express";
import { type Change, changeIn, Refused } from "../../commerce/orders/change";
import { editLine } from "../../commerce/orders/edit";
import { sendParcel, unreportParcel } from "../../commerce/orders/parcels";
import { payments, refundOrder, worthOf } from "../../commerce/orders/refund";
import { deleteOrder } from "../../commerce/orders/remove";
import { moveReturn, processReturn, type ReturnAsked, startReturn } from "../../commerce/orders/returns";
import { removedUnits, unsentUnits } from "../../commerce/orders/units";
import type { OrderRecord } from "../../records";
import { RETURN_REASONS } from "../../records-orders";
import type { World } from "../../world";
import type { On } from "../customers/customer-actions";
import type { Visit } from "../visit";

/** The buttons of the order page that change what became of the order. What is refused changes nothing. */
export function orderActions(world: World, on: On): void {
  const change = (path: string, work: (change: Change, order: OrderRecord, request: Request) => void): void =>
    on(`/orders/:id${path}`, (visit, request) => {
      const order = visit.shop.get("order", Number(request.params.id));
      if (!order) return null;
      attempt(world, visit, (it) => work(it, order, request));
      return visit.shop.get("order", order.id) ? `${visit.base}/orders/${order.id}` : `${visit.base}/orders`;
    });

  change("/send-one", (it, order) => {
    const line = order.lines.find((each) => unsentUnits(order, each) > 0);
    if (line) sendParcel(it, order.id, [{ lineId: line.id, quantity: 1 }], { company: null, number: null, url: null });
  });

  change("/refund", (it, order, { body }) => {
    const lines = unitsIn(body, order.lines).map(({ id, quantity }) => {
      const line = order.lines.find((each) => each.id === id);
      const unsent = line ? unsentUnits(order, line) : 0;
      const shelf = quantity <= unsent ? ("CANCEL" as const) : ("RETURN" as const);
      return { lineId: id, quantity, restockType: body.restock === "on" ? shelf : ("NO_RESTOCK" as const) };
    });
    const shipping = body.shipping === "on" ? order.totals.shipping : 0;
    const amount = worthOf(order, { lines, shipping });
    const transactions = amount > 0 ? [{ amount, parentId: payments(order)[0]?.id ?? null }] : [];
    refundOrder(it, order.id, { lines, shipping, transactions, note: String(body.note || "") || null, returnId: null });
  });

  change("/return", (it, order, { body }) => {
    const reason = RETURN_REASONS.find((each) => each === body.reason) ?? "UNKNOWN";
    const sent = order.fulfillments.flatMap((parcel) =>
      parcel.lines.map((_line, index) => ({ id: `${parcel.id}-${index}`, fulfillmentId: parcel.id, index })),
    );
    const asked = unitsIn(body, sent).map(({ id, quantity }): ReturnAsked => {
      const { fulfillmentId = 0, index = 0 } = sent.find((each) => each.id === id) ?? {};
      const note = String(body.note || "");
      return { fulfillmentId, index, quantity, reason, reasonNote: "", customerNote: note || null };
    });
    startReturn(it, order.id, body.by === "staff" ? "OPEN" : "REQUESTED", asked);
  });

  change("/returns/:return/:step", (it, order, { params }) => {
    const returnId = Number(params.return);
    const record = order.returns?.find((each) => each.id === returnId);
    const step = String(params.step);
    if (step === "decline") moveReturn(it, returnId, "decline", { reason: "OTHER", note: null });
    else if (step === "approve" || step === "close" || step === "reopen" || step === "cancel") {
      moveReturn(it, returnId, step);
    } else if (step === "receive" || step === "refund") {
      const left = (record?.lines ?? []).map((line) => ({
        lineId: line.id,
        quantity: line.quantity - line.processedQuantity,
        restock: true,
      }));
      processReturn(it, returnId, left, step === "refund" ? "worth" : "none");
    }
  });

  change("/lines/:line/:delta", (it, order, { params }) => {
    editLine(it, order.id, Number(params.line), params.delta === "more" ? 1 : -1);
  });

  change("/parcels/:parcel/events/:event/delete", (it, _order, { params }) => {
    unreportParcel(it, Number(params.parcel), Number(params.event));
  });

  change("/delete", (it, order) => deleteOrder(it, order.id));
}

/** Runs it as one unit; what Shopify refuses leaves all as it was. */
export function attempt(world: World, visit: Visit, work: (change: Change) => void): void {
  try {
    visit.shop.transaction(() => work(changeIn(world, visit.shop)));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** The units that a form names, by fields `units-<id>`. */
function unitsIn<Id extends string | number>(body: Record<string, unknown>, of: readonly { id: Id }[]) {
  return of.flatMap(({ id }) => {
    const quantity = Number(body[`units-${id}`]);
    return Number.isSafeInteger(quantity) && quantity > 0 ? [{ id, quantity }] : [];
  });
}

/** Units of each line that a refund can still take off the order. */
export function refundableLines(order: Readonly<OrderRecord>) {
  return order.lines
    .map((line) => ({ line, units: line.quantity - removedUnits(order, line.id) }))
    .filter(({ units }) => units > 0);
}
