import type { Change } from "../../commerce/orders/change";
import { moveReturn, processReturn, type ReturnAsked, requireReturn, startReturn } from "../../commerce/orders/returns";
import type { OrderRecord } from "../../records";
import type { ReturnLineRecord, ReturnRecord } from "../../records-orders";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { returnNode } from "../resolvers/return";
import { visibleOrder } from "../resolvers/visible-orders";
import { readMoney, textOrNull } from "./read-input";
import { attempt } from "./refused";
import { type UserError, userError } from "./user-errors";

type Step = Parameters<typeof moveReturn>[2];

/** Mutations of returns; nobody is written to, so what asks to notify the buyer changes nothing. */
export const returnMutations: Fields<unknown> = {
  returnRequest: (_root, args, context) => start(context, args.input as Arguments, "REQUESTED"),

  returnCreate: (_root, args, context) => {
    const input = args.returnInput as Arguments;
    void [input.notifyCustomer, input.requestedAt, input.unprocessed];
    return start(context, input, "OPEN");
  },

  returnApproveRequest: (_root, args, context) => {
    const input = args.input as Arguments;
    void [input.notifyCustomer, input.unprocessed];
    return step(context, input.id, "approve");
  },

  returnDeclineRequest: (_root, args, context) => {
    const input = args.input as Arguments;
    void input.notifyCustomer;
    const reason = input.declineReason as "FINAL_SALE" | "OTHER" | "RETURN_PERIOD_ENDED";
    return step(context, input.id, "decline", { reason, note: textOrNull(input.declineNote) });
  },

  returnClose: (_root, args, context) => step(context, args.id, "close"),
  returnReopen: (_root, args, context) => step(context, args.id, "reopen"),
  returnCancel: (_root, args, context) => {
    void args.notifyCustomer;
    return step(context, args.id, "cancel");
  },

  returnProcess: (_root, args, context) => {
    const input = args.input as Arguments;
    void input.notifyCustomer;
    const lines = ((input.returnLineItems ?? []) as Arguments[]).map((line) => ({
      lineId: requireId("ReturnLineItem", line.id),
      quantity: Number(line.quantity),
      restock: true,
    }));
    const refund = (input.financialTransfer as Arguments | undefined)?.issueRefund as Arguments | undefined;
    if (refund?.allowOverRefunding === true) throw notImplemented("ReturnProcessRefundInput.allowOverRefunding");
    const errors: UserError[] = [];
    const paid = ((refund?.orderTransactions ?? []) as Arguments[]).map((each) => ({
      amount: readMoney(context, { money: each.transactionAmount }, ["financialTransfer"], errors) ?? 0,
      parentId: each.parentId ? requireId("OrderTransaction", each.parentId) : null,
    }));
    if (errors.length > 0) {
      return { return: null, userErrors: errors.map((error) => ({ ...error, code: "INVALID" })) };
    }
    return change(context, input.returnId, (it, id) => processReturn(it, id, lines, refund ? paid : "none"));
  },
};

function start(context: AdminContext, input: Arguments, status: "REQUESTED" | "OPEN") {
  const order = visibleOrder(context, requireId("Order", input.orderId));
  if (!order)
    return { return: null, userErrors: [{ ...userError(["orderId"], "Order not found."), code: "NOT_FOUND" }] };
  const asked = (input.returnLineItems as Arguments[]).map((line): ReturnAsked => {
    const sentId = requireId("FulfillmentLineItem", line.fulfillmentLineItemId);
    return {
      fulfillmentId: Math.floor(sentId / 100),
      index: sentId % 100,
      quantity: Number(line.quantity),
      reason: (line.returnReason ?? "UNKNOWN") as ReturnLineRecord["reason"],
      reasonNote: textOrNull(line.returnReasonNote) ?? "",
      customerNote: textOrNull(line.customerNote),
    };
  });
  return attempt(context, { return: null }, (it) => answer(startReturn(it, order.id, status, asked)));
}

function step(context: AdminContext, id: unknown, to: Step, decline: ReturnRecord["decline"] = null) {
  return change(context, id, (it, returnId) => moveReturn(it, returnId, to, decline));
}

function change(
  context: AdminContext,
  id: unknown,
  work: (change: Change, id: number) => { order: OrderRecord; record: ReturnRecord },
) {
  const returnId = requireId("Return", id);
  return attempt(context, { return: null }, (it) => {
    requireReturn(it, returnId);
    return answer(work(it, returnId));
  });
}

function answer({ order, record }: { order: OrderRecord; record: ReturnRecord }) {
  return { return: returnNode(order, record) };
}
