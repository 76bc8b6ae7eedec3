import type { OrderRecord } from "../../records";
import type { ReturnLineRecord, ReturnRecord } from "../../records-orders";
import { returnDeclinedPayload, returnPayload, returnStatePayload } from "../../webhooks/payloads";
import { type Change, Refused, requireOrder, saveOrder, tell } from "./change";
import { payments, refundOrder, worthOf } from "./refund";
import { returnableUnits } from "./units";

export interface ReturnAsked {
  fulfillmentId: number;
  /** The line's place in the parcel. */
  index: number;
  quantity: number;
  reason: ReturnLineRecord["reason"];
  reasonNote: string;
  customerNote: string | null;
}

/**
 * A return of sent lines: asked for by the buyer (REQUESTED), or opened by staff at once (OPEN).
 * @throws Refused for more units than were sent and are not in another return.
 */
export function startReturn(change: Change, orderId: number, status: "REQUESTED" | "OPEN", asked: ReturnAsked[]) {
  const order = requireOrder(change, orderId);
  if (asked.length === 0) throw new Refused(["returnLineItems"], "Return line items can't be blank", "BLANK");
  const lines = asked.map((each, index): ReturnLineRecord => {
    const parcel = order.fulfillments.find((one) => one.id === each.fulfillmentId);
    const line = parcel?.lines[each.index];
    const field = ["returnLineItems", String(index)];
    if (!parcel || !line) throw new Refused([...field, "fulfillmentLineItemId"], "Not found", "NOT_FOUND");
    if (each.quantity < 1 || each.quantity > returnableUnits(order, parcel, each.index)) {
      throw new Refused([...field, "quantity"], "Quantity is not available for return.");
    }
    return { id: change.shop.newId("returnLine"), lineId: line.lineId, processedQuantity: 0, ...each };
  });
  const record: ReturnRecord = {
    id: change.shop.newId("return"),
    name: `${order.name}-R${(order.returns?.length ?? 0) + 1}`,
    status,
    lines,
    decline: null,
    createdAt: change.now,
    requestApprovedAt: status === "OPEN" ? change.now : null,
    closedAt: null,
  };
  const after: OrderRecord = { ...order, closedAt: null, returns: [...(order.returns ?? []), record] };
  tell(change, status === "OPEN" ? "returns/approve" : "returns/request", returnPayload(after, record));
  return { order: saveOrder(change, after), record };
}

type Step = "approve" | "decline" | "close" | "reopen" | "cancel";

const STEPS: Readonly<Record<Step, { from: ReturnRecord["status"][]; to: ReturnRecord["status"] }>> = {
  approve: { from: ["REQUESTED"], to: "OPEN" },
  decline: { from: ["REQUESTED"], to: "DECLINED" },
  close: { from: ["OPEN"], to: "CLOSED" },
  reopen: { from: ["CLOSED"], to: "OPEN" },
  cancel: { from: ["OPEN", "REQUESTED"], to: "CANCELED" },
};

/**
 * Moves a return on, and tells `returns/<step>`.
 * @throws Refused from a state that the step does not lead on from.
 */
export function moveReturn(change: Change, returnId: number, step: Step, decline: ReturnRecord["decline"] = null) {
  const { order, record } = requireReturn(change, returnId);
  const { from, to } = STEPS[step];
  const spoilt = step === "cancel" && record.lines.some((line) => line.processedQuantity > 0);
  if (!from.includes(record.status) || spoilt) throw new Refused(["id"], "Return status is invalid.", "INVALID_STATE");
  const moved: ReturnRecord = {
    ...record,
    status: to,
    decline: step === "decline" ? decline : record.decline,
    requestApprovedAt: step === "approve" ? change.now : record.requestApprovedAt,
    closedAt: to === "CLOSED" ? change.now : null,
  };
  const after = withReturn(order, moved);
  if (step === "approve") tell(change, "returns/approve", returnPayload(after, moved));
  else if (step === "decline") tell(change, "returns/decline", returnDeclinedPayload(moved));
  else tell(change, `returns/${step}`, returnStatePayload(after, moved));
  return { order: saveOrder(change, after), record: moved };
}

/**
 * The goods have come back and were looked at: tells `returns/process`; with `refund`, what was paid for them goes
 * back and they go on the shelf. When nothing more is expected, the return closes by itself.
 */
export function processReturn(
  change: Change,
  returnId: number,
  asked: { lineId: number; quantity: number; restock: boolean }[],
  refund: "none" | "worth" | { amount: number; parentId: number | null }[],
) {
  const { order, record } = requireReturn(change, returnId);
  if (record.status !== "OPEN") throw new Refused(["returnId"], "Return is not open.", "INVALID_STATE");
  const lines = record.lines.map((line) => {
    const quantity = asked.find((each) => each.lineId === line.id)?.quantity ?? 0;
    if (line.processedQuantity + quantity > line.quantity) {
      throw new Refused(["returnLineItems"], "Quantity exceeds what is left to process.");
    }
    return { ...line, processedQuantity: line.processedQuantity + quantity };
  });
  const back = asked.flatMap(({ lineId, quantity, restock }) => {
    const line = record.lines.find((each) => each.id === lineId);
    const restockType = restock ? ("RETURN" as const) : ("NO_RESTOCK" as const);
    return line && quantity > 0 ? [{ lineId: line.lineId, quantity, restockType }] : [];
  });
  // First what can still be refused.
  if (refund !== "none") {
    const worth = [{ amount: worthOf(order, { lines: back, shipping: 0 }), parentId: payments(order)[0]?.id ?? null }];
    const transactions = refund === "worth" ? worth.filter(({ amount }) => amount > 0) : refund;
    refundOrder(change, order.id, { lines: back, shipping: 0, transactions, note: null, returnId });
  }
  const processed: ReturnRecord = { ...record, lines };
  const after = withReturn(requireReturn(change, returnId).order, processed);
  tell(change, "returns/process", returnStatePayload(after, processed));
  saveOrder(change, after);
  if (lines.every((line) => line.processedQuantity === line.quantity)) return moveReturn(change, returnId, "close");
  return requireReturn(change, returnId);
}

/** The return with the order that it is of. */
export function requireReturn({ shop }: Change, returnId: number): { order: OrderRecord; record: ReturnRecord } {
  const found = shop.all("order").find((each) => each.returns?.some((one) => one.id === returnId));
  const order = found ? shop.get("order", found.id) : null;
  const record = order?.returns?.find((each) => each.id === returnId);
  if (!order || !record) throw new Refused(["id"], "Return not found.", "NOT_FOUND");
  return { order, record };
}

function withReturn(order: OrderRecord, record: ReturnRecord): OrderRecord {
  return { ...order, returns: order.returns?.map((each) => (each.id === record.id ? record : each)) };
}
