import { transactionsOf } from "../commerce/orders/money";
import { paidFor } from "../commerce/orders/units";
import type { FulfillmentRecord, OrderRecord } from "../records";
import { type FulfillmentEventRecord, RETURN_REASONS, type RefundRecord, type ReturnRecord } from "../records-orders";
import type { ShopStore } from "../store";
import type { Random } from "./random";

const HOUR = 3_600_000;

const BUYER_SAYS = [
  "It is smaller than the size chart says.",
  "The colour is not what I saw on the page.",
  "A seam opened on the second day.",
  "I ordered two to try and keep the other one.",
  null,
  null,
];

/** What became of an order of the past: its parcels' reports, its money, what came back and what was paid back. */
export function withAftermath(shop: ShopStore, order: OrderRecord, random: Random, now: Date): OrderRecord {
  const fulfillments = order.fulfillments.map((parcel) => ({ ...parcel, events: eventsOf(shop, order, parcel) }));
  const told: OrderRecord = { ...order, fulfillments };
  if (order.refunded > 0) return refunded(shop, told, random, now);
  const arrived = fulfillments.find((parcel) => parcel.deliveredAt);
  const days = arrived?.deliveredAt ? (now.getTime() - Date.parse(arrived.deliveredAt)) / (24 * HOUR) : null;
  // Young enough to be asked back; a tenth of them are.
  if (!arrived || days === null || days < 0.5 || days > 25 || !random.chance(0.1)) return told;
  const status = random.pick(["REQUESTED", "REQUESTED", "OPEN", "DECLINED"] as const);
  const askedAt = between(arrived.deliveredAt, random.int(6, 60), now);
  const record = returnOf(shop, told, arrived, [0], { status, askedAt, closedAt: null }, random);
  return { ...told, closedAt: null, returns: [record], updatedAt: latest(told.updatedAt, askedAt) };
}

/** The steps that lead to where the parcel is, oldest first. */
function eventsOf(shop: ShopStore, order: OrderRecord, parcel: FulfillmentRecord): FulfillmentEventRecord[] {
  const steps = ["CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY"] as const;
  const ends = { DELIVERED: "DELIVERED", NOT_DELIVERED: "FAILURE" } as const;
  const { displayStatus } = parcel;
  if (displayStatus === "FULFILLED") return [];
  const end = displayStatus === "DELIVERED" || displayStatus === "NOT_DELIVERED" ? ends[displayStatus] : null;
  const reached = (steps as readonly string[]).indexOf(displayStatus);
  const made: FulfillmentEventRecord["status"][] = end ? [...steps, end] : steps.slice(0, reached + 1);
  const from = Date.parse(parcel.createdAt);
  const span = Date.parse(parcel.deliveredAt ?? parcel.updatedAt) - from;
  return made.map((status, index) => {
    const at = new Date(made.length === 1 ? from : from + (span * index) / (made.length - 1)).toISOString();
    const near = index > 1 ? order.shippingAddress : null;
    return {
      id: shop.newId("parcelEvent"),
      status,
      message: null,
      city: near?.city ?? null,
      province: near?.province ?? null,
      country: near?.countryCode ?? null,
      zip: near?.zip ?? null,
      address1: null,
      estimatedDeliveryAt: parcel.estimatedDeliveryAt,
      happenedAt: at,
      createdAt: at,
    };
  });
}

/** Gives the money that went back its lines, its movement, and after a delivery its return. */
function refunded(shop: ShopStore, order: OrderRecord, random: Random, now: Date): OrderRecord {
  const arrived = order.fulfillments.find((parcel) => parcel.deliveredAt);
  const isWhole = order.financialStatus === "REFUNDED";
  const [first] = order.lines;
  const part = first ? paidFor(order, first, 1) : { subtotal: 0, tax: 0 };
  // A single line that is all there is cannot be a part: then it was money only, for the trouble.
  const byLine = !isWhole && part.subtotal > 0 && part.subtotal + part.tax < order.totals.total;
  const takenBack = isWhole ? order.lines : byLine && first ? [{ ...first, quantity: 1 }] : [];
  const amount = byLine ? part.subtotal + part.tax : order.refunded;
  const askedAt = between(arrived?.deliveredAt ?? order.createdAt, random.int(8, 70), now);
  const paidAt = order.cancelledAt ?? between(askedAt, random.int(70, 190), now);
  const inParcel = arrived?.lines.flatMap(({ lineId }, index) =>
    takenBack.some((line) => line.id === lineId) ? [index] : [],
  );
  const record =
    arrived && inParcel?.length
      ? returnOf(
          shop,
          order,
          arrived,
          inParcel,
          { status: "CLOSED", askedAt, closedAt: paidAt },
          random,
          byLine ? 1 : null,
        )
      : null;
  const payment = transactionsOf({ ...order, financialStatus: "PAID" });
  const back = {
    id: shop.newId("transaction"),
    kind: "REFUND" as const,
    status: "SUCCESS" as const,
    amount,
    parentId: payment[0]?.id ?? null,
    createdAt: paidAt,
  };
  const refund: RefundRecord = {
    id: shop.newId("refund"),
    note: takenBack.length === 0 ? "For the wait" : null,
    lines: takenBack.map((line) => ({
      lineId: line.id,
      quantity: line.quantity,
      restockType: order.cancelledAt ? "CANCEL" : "RETURN",
      ...paidFor(order, order.lines.find((each) => each.id === line.id) ?? line, line.quantity),
    })),
    shipping: isWhole ? order.totals.shipping : 0,
    transactionIds: [back.id],
    returnId: record?.id ?? null,
    createdAt: paidAt,
  };
  return {
    ...order,
    refunded: amount,
    transactions: [...payment, back],
    refunds: [refund],
    ...(record ? { returns: [record] } : {}),
    updatedAt: latest(order.updatedAt, paidAt),
  };
}

function returnOf(
  shop: ShopStore,
  order: OrderRecord,
  parcel: FulfillmentRecord,
  indexes: readonly number[],
  life: { status: "REQUESTED" | "OPEN" | "DECLINED" | "CLOSED"; askedAt: string; closedAt: string | null },
  random: Random,
  units: number | null = null,
): ReturnRecord {
  const isApproved = life.status === "OPEN" || life.status === "CLOSED";
  return {
    id: shop.newId("return"),
    name: `${order.name}-R1`,
    status: life.status,
    lines: indexes.flatMap((index) => {
      const line = parcel.lines[index];
      if (!line) return [];
      const quantity = Math.min(line.quantity, units ?? line.quantity);
      return [
        {
          id: shop.newId("returnLine"),
          fulfillmentId: parcel.id,
          index,
          lineId: line.lineId,
          quantity,
          reason: random.pick(RETURN_REASONS),
          reasonNote: "",
          customerNote: random.pick(BUYER_SAYS),
          processedQuantity: life.status === "CLOSED" ? quantity : 0,
        },
      ];
    }),
    decline: life.status === "DECLINED" ? { reason: "FINAL_SALE", note: null } : null,
    createdAt: life.askedAt,
    requestApprovedAt: isApproved ? life.askedAt : null,
    closedAt: life.closedAt,
  };
}

function latest(one: string, two: string): string {
  return one > two ? one : two;
}

/** `hours` after, but never later than now. */
function between(from: string | null, hours: number, now: Date): string {
  const start = from === null ? now.getTime() : Date.parse(from);
  return new Date(Math.min(start + hours * HOUR, Math.max(start, now.getTime() - 60_000))).toISOString();
}
