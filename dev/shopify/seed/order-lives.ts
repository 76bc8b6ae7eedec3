import type { FulfillmentRecord, OrderRecord } from "../records";

/** A life that an order of the past may have led up to now. */
export interface OrderLife {
  name: string;
  /** Days since it was placed, from and to. */
  age: readonly [from: number, to: number];
  /** How common it is among all orders. */
  weight: number;
  financial: OrderRecord["financialStatus"];
  fulfillment: OrderRecord["fulfillmentStatus"];
  /** Where its parcel is; absent when nothing was sent. */
  parcel?: FulfillmentRecord["displayStatus"];
  /** Only some units were sent. */
  partly?: boolean;
  cancelled?: readonly string[];
  /** The share of the total paid back, from and to. */
  refund?: readonly [from: number, to: number];
  /** Sent by e-mail: gift cards only, no address and no parcel. */
  digital?: boolean;
}

/** Every state an order can be in; the seed makes at least one of each. */
export const ORDER_LIVES: readonly OrderLife[] = [
  { name: "fresh", age: [0, 2], weight: 14, financial: "PAID", fulfillment: "UNFULFILLED" },
  { name: "awaiting payment", age: [0, 9], weight: 8, financial: "PENDING", fulfillment: "UNFULFILLED" },
  { name: "authorized", age: [0, 4], weight: 7, financial: "AUTHORIZED", fulfillment: "UNFULFILLED" },
  { name: "on hold", age: [1, 8], weight: 6, financial: "PAID", fulfillment: "ON_HOLD" },
  { name: "being packed", age: [0, 2], weight: 6, financial: "PAID", fulfillment: "IN_PROGRESS" },
  {
    name: "label printed",
    age: [1, 3],
    weight: 6,
    financial: "PAID",
    fulfillment: "FULFILLED",
    parcel: "CONFIRMED",
  },
  { name: "in transit", age: [1, 6], weight: 20, financial: "PAID", fulfillment: "FULFILLED", parcel: "IN_TRANSIT" },
  {
    name: "out for delivery",
    age: [2, 5],
    weight: 6,
    financial: "PAID",
    fulfillment: "FULFILLED",
    parcel: "OUT_FOR_DELIVERY",
  },
  {
    name: "delivery failed",
    age: [4, 12],
    weight: 4,
    financial: "PAID",
    fulfillment: "FULFILLED",
    parcel: "NOT_DELIVERED",
  },
  {
    name: "partly sent",
    age: [2, 14],
    weight: 12,
    financial: "PAID",
    fulfillment: "PARTIALLY_FULFILLED",
    parcel: "IN_TRANSIT",
    partly: true,
  },
  { name: "delivered", age: [5, 540], weight: 420, financial: "PAID", fulfillment: "FULFILLED", parcel: "DELIVERED" },
  {
    name: "partly refunded",
    age: [12, 500],
    weight: 45,
    financial: "PARTIALLY_REFUNDED",
    fulfillment: "FULFILLED",
    parcel: "DELIVERED",
    refund: [0.15, 0.7],
  },
  {
    name: "returned",
    age: [16, 500],
    weight: 30,
    financial: "REFUNDED",
    fulfillment: "FULFILLED",
    parcel: "DELIVERED",
    refund: [1, 1],
  },
  {
    name: "cancelled and refunded",
    age: [3, 400],
    weight: 25,
    financial: "REFUNDED",
    fulfillment: "UNFULFILLED",
    cancelled: ["customer", "inventory", "other"],
    refund: [1, 1],
  },
  {
    name: "voided",
    age: [2, 400],
    weight: 14,
    financial: "VOIDED",
    fulfillment: "UNFULFILLED",
    cancelled: ["declined", "fraud", "staff"],
  },
  {
    name: "gift card",
    age: [1, 300],
    weight: 14,
    financial: "PAID",
    fulfillment: "FULFILLED",
    parcel: "FULFILLED",
    digital: true,
  },
];
