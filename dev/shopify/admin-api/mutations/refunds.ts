import { GraphQLError, type GraphQLResolveInfo } from "graphql";
import { type RefundAsked, refundOrder } from "../../commerce/orders/refund";
import { minorUnits } from "../../commerce/prices";
import type { OrderRecord } from "../../records";
import type { Arguments, Fields } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { visibleOrder } from "../resolvers/visible-orders";
import { textOrNull, wrongCurrency } from "./read-input";
import { attempt } from "./refused";
import { userError } from "./user-errors";

export const refundMutations: Fields<unknown> = {
  refundCreate: (_root, args, context, info) => {
    requireIdempotencyKey(info);
    const input = args.input as Arguments;
    const order = visibleOrder(context, requireId("Order", input.orderId));
    const nothing = { refund: null, order: null };
    if (!order) return { ...nothing, userErrors: [userError(["orderId"], "Order does not exist")] };
    const currency = textOrNull(input.currency);
    if (currency && currency !== order.currency) {
      return { ...nothing, userErrors: [wrongCurrency(["currency"], currency)] };
    }
    const asked = readRefund(input, order);
    // Nobody is written to: mails to the buyer are Shopify's own.
    void input.notify;
    if (input.allowOverRefunding === true) throw notImplemented("RefundInput.allowOverRefunding");
    return attempt(context, nothing, (change) => {
      const { order: after, refund } = refundOrder(change, order.id, asked);
      return { order: after, refund: { refund, order: after } };
    });
  },
};

function readRefund(input: Arguments, order: Readonly<OrderRecord>): RefundAsked {
  const shipping = input.shipping as Arguments | undefined;
  return {
    lines: ((input.refundLineItems ?? []) as Arguments[]).map((line) => {
      const restockType = line.restockType ?? "NO_RESTOCK";
      if (restockType === "LEGACY_RESTOCK") throw notImplemented("RefundLineItemRestockType.LEGACY_RESTOCK");
      // Each shop here has one location.
      void line.locationId;
      return {
        lineId: requireId("LineItem", line.lineItemId),
        quantity: Number(line.quantity),
        restockType: restockType as "CANCEL" | "RETURN" | "NO_RESTOCK",
      };
    }),
    shipping: shipping?.fullRefund === true ? order.totals.shipping : amountOf(shipping?.amount),
    transactions: ((input.transactions ?? []) as Arguments[]).map((each) => {
      if (each.kind !== "REFUND") throw notImplemented(`OrderTransactionInput.kind ${String(each.kind)}`);
      void [each.gateway, each.orderId];
      return {
        amount: amountOf(each.amount),
        parentId: each.parentId ? requireId("OrderTransaction", each.parentId) : null,
      };
    }),
    note: textOrNull(input.note),
    returnId: null,
  };
}

function amountOf(value: unknown): number {
  return value === undefined || value === null ? 0 : (minorUnits(value as string) ?? 0);
}

/** https://shopify.dev/docs/api/usage/idempotent-requests: since 2026-04 such a mutation must name one. */
function requireIdempotencyKey(info: GraphQLResolveInfo): void {
  const has = info.fieldNodes.some((node) => node.directives?.some((each) => each.name.value === "idempotent"));
  if (has) return;
  throw new GraphQLError("The @idempotent directive is required for this mutation but was not provided.", {
    extensions: { code: "BAD_REQUEST" },
  });
}
