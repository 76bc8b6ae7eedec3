import type { Told } from "~/timeline/catalogue";
import { entryId } from "~/timeline/subject";
import type { OrderRow } from "../mirror/tables";
import type { PaymentKept } from "../order";

/** Titles that an entry names; the rest is a number. */
const mostTitles = 3;

/** What an order tells: itself, what was paid, sent, delivered, brought back and paid back. Pure. */
export function orderStory(order: OrderRow): Told[] {
  const { subjectId, id, name, currency } = order;
  const of = { orderId: id, name };
  const told: Told[] = [
    {
      subjectId,
      at: order.processedAt,
      id: entryId("order.placed", id),
      kind: "order.placed",
      ref: id,
      data: {
        name,
        total: order.total,
        currency,
        itemCount: order.lines.reduce((sum, line) => sum + line.quantity, 0),
        titles: order.lines.slice(0, mostTitles).map((line) => line.title),
      },
    },
  ];
  if (order.cancelledAt) {
    told.push({
      subjectId,
      at: order.cancelledAt,
      id: entryId("order.cancelled", id),
      kind: "order.cancelled",
      ref: id,
      data: { name, reason: order.cancelReason },
    });
  }
  for (const payment of order.payments) {
    const step = stepOf(payment);
    if (!step) continue;
    told.push({
      subjectId,
      at: new Date(payment.at),
      id: entryId("order.payment", payment.id),
      kind: "order.payment",
      ref: payment.id,
      data: { ...of, total: payment.amount, currency: payment.currency, step, gateway: payment.gateway },
    });
  }
  told.push(...deliveries(order), ...returns(order));
  return told;
}

function deliveries(order: OrderRow): Told[] {
  const { subjectId } = order;
  const of = { orderId: order.id, name: order.name };
  const told: Told[] = [];
  for (const one of order.fulfillments) {
    const carrier = one.tracking[0]?.company ?? null;
    told.push({
      subjectId,
      at: new Date(one.createdAt),
      id: entryId("fulfillment.created", one.id),
      kind: "fulfillment.created",
      ref: one.id,
      data: {
        ...of,
        itemCount: one.quantity,
        carrier,
        ...(one.status === "cancelled" ? { cancelled: true } : {}),
      },
    });
    if (one.inTransitAt) {
      told.push({
        subjectId,
        at: new Date(one.inTransitAt),
        id: entryId("fulfillment.step", `${one.id} in_transit`),
        kind: "fulfillment.step",
        ref: one.id,
        data: { ...of, status: "in_transit" },
      });
    }
    if (one.deliveredAt) {
      told.push({
        subjectId,
        at: new Date(one.deliveredAt),
        id: entryId("fulfillment.delivered", one.id),
        kind: "fulfillment.delivered",
        ref: one.id,
        data: of,
      });
    }
  }
  return told;
}

const endings: Record<string, "closed" | "declined" | "cancelled"> = {
  closed: "closed",
  declined: "declined",
  canceled: "cancelled",
};

function returns(order: OrderRow): Told[] {
  const { subjectId, currency } = order;
  const of = { orderId: order.id, name: order.name };
  const told: Told[] = [];
  for (const one of order.returns) {
    told.push({
      subjectId,
      at: new Date(one.createdAt),
      id: entryId("return.opened", one.id),
      kind: "return.opened",
      ref: one.id,
      data: { ...of, returnName: one.name, itemCount: one.quantity, requested: one.status === "requested" },
    });
    const how = endings[one.status];
    if (how) {
      told.push({
        subjectId,
        // Shopify keeps no time for a return that was declined or cancelled.
        at: new Date(one.closedAt ?? one.createdAt),
        id: entryId("return.closed", one.id),
        kind: "return.closed",
        ref: one.id,
        data: { ...of, returnName: one.name, how },
      });
    }
  }
  for (const refund of order.refunds) {
    told.push({
      subjectId,
      at: new Date(refund.at),
      id: entryId("refund.made", refund.id),
      kind: "refund.made",
      ref: refund.id,
      // A file of Shopify's cannot say which lines were refunded.
      data: { ...of, total: refund.total, currency, itemCount: 0 },
    });
  }
  return told;
}

/** How a payment went; null for what is told otherwise (a refund) or is none (change given, a suggestion). */
function stepOf(payment: PaymentKept): "authorized" | "pending" | "paid" | "voided" | "failed" | null {
  const step = {
    sale: "paid",
    capture: "paid",
    authorization: "authorized",
    emv_authorization: "authorized",
    void: "voided",
  }[payment.kind] as "paid" | "authorized" | "voided" | undefined;
  if (!step) return null;
  if (payment.status === "success") return step;
  return payment.status === "failure" || payment.status === "error" ? "failed" : "pending";
}
