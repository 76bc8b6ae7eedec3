import { randomUUID } from "node:crypto";
import { cancelOrder } from "../../commerce/orders/cancel";
import { saveOrder } from "../../commerce/orders/change";
import { payOrder } from "../../commerce/orders/pay";
import { deleteOrder } from "../../commerce/orders/remove";
import { gid } from "../../records";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { requireId } from "../resolvers/node";
import { visibleOrder } from "../resolvers/visible-orders";
import { attempt } from "./refused";
import { userError } from "./user-errors";

/** Mutations that end an order or open it again. */
export const orderLifeMutations: Fields<unknown> = {
  orderCancel: (_root, args, context) => {
    const id = requireId("Order", args.orderId);
    // Nobody is written to, and the local admin shows no staff notes.
    void [args.notifyCustomer, args.staffNote];
    const method = args.refundMethod as Arguments | undefined;
    const refund = args.refund === true || method?.originalPaymentMethodsRefund === true;
    if (!visibleOrder(context, id)) return cancelled({ job: null, userErrors: [notFound(["orderId"])] });
    const asked = { reason: String(args.reason), refund, restock: args.restock === true };
    return cancelled(
      attempt(context, { job: null }, (change) => {
        cancelOrder(change, id, asked);
        return { job: { id: gid("Job", randomUUID()), done: true } };
      }),
    );
  },

  orderMarkAsPaid: (_root, args, context) => {
    const id = requireId("Order", (args.input as Arguments).id);
    if (!visibleOrder(context, id)) return { order: null, userErrors: [notFound(["id"])] };
    return attempt(context, { order: null }, (change) => ({ order: payOrder(change, id) }));
  },

  orderClose: (_root, args, context) => setClosed(context, args.input as Arguments, true),
  orderOpen: (_root, args, context) => setClosed(context, args.input as Arguments, false),

  orderDelete: (_root, args, context) => {
    const id = requireId("Order", args.orderId);
    if (!visibleOrder(context, id)) return { deletedId: null, userErrors: [notFound(["orderId"])] };
    return attempt(context, { deletedId: null }, (change) => {
      deleteOrder(change, id);
      return { deletedId: gid("Order", id) };
    });
  },
};

function setClosed(context: AdminContext, input: Arguments, closed: boolean) {
  const order = visibleOrder(context, requireId("Order", input.id));
  if (!order) return { order: null, userErrors: [notFound(["id"])] };
  return attempt(context, { order: null }, (change) => ({
    order: saveOrder(change, { ...order, closedAt: closed ? (order.closedAt ?? change.now) : null }),
  }));
}

function notFound(field: string[]) {
  return { ...userError(field, "Order does not exist"), code: "NOT_FOUND" };
}

/** The payload has its errors under a name of its own, too. */
function cancelled<Payload extends { userErrors: unknown[] }>(payload: Payload) {
  return { ...payload, orderCancelUserErrors: payload.userErrors };
}
