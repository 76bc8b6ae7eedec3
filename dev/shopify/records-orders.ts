/** What happens to an order after it was placed: money, parcels on their way, returns and refunds. */

export interface TransactionRecord {
  id: number;
  kind: "SALE" | "AUTHORIZATION" | "CAPTURE" | "REFUND" | "VOID";
  status: "SUCCESS" | "PENDING" | "FAILURE";
  /** Minor units, never below zero: the kind says which way it goes. */
  amount: number;
  /** What a capture, refund or void is of. */
  parentId: number | null;
  createdAt: string;
}

export interface RefundLineRecord {
  lineId: number;
  quantity: number;
  restockType: "CANCEL" | "RETURN" | "NO_RESTOCK";
  /** What the buyer had paid for the units, and the tax on it. */
  subtotal: number;
  tax: number;
}

export interface RefundRecord {
  id: number;
  note: string | null;
  lines: RefundLineRecord[];
  /** Of the shipping, in minor units. */
  shipping: number;
  transactionIds: number[];
  /** The return it belongs to. */
  returnId: number | null;
  createdAt: string;
}

export const RETURN_REASONS = [
  "COLOR",
  "DEFECTIVE",
  "NOT_AS_DESCRIBED",
  "OTHER",
  "SIZE_TOO_LARGE",
  "SIZE_TOO_SMALL",
  "STYLE",
  "UNKNOWN",
  "UNWANTED",
  "WRONG_ITEM",
] as const;

export interface ReturnLineRecord {
  id: number;
  /** The fulfilled line that comes back: which parcel, and which of its lines. */
  fulfillmentId: number;
  index: number;
  lineId: number;
  quantity: number;
  reason: (typeof RETURN_REASONS)[number];
  reasonNote: string;
  customerNote: string | null;
  /** Units that came back and were looked at. */
  processedQuantity: number;
}

export interface ReturnRecord {
  id: number;
  /** `#1001-R1` */
  name: string;
  status: "REQUESTED" | "OPEN" | "CLOSED" | "DECLINED" | "CANCELED";
  lines: ReturnLineRecord[];
  decline: { reason: "FINAL_SALE" | "OTHER" | "RETURN_PERIOD_ENDED"; note: string | null } | null;
  createdAt: string;
  requestApprovedAt: string | null;
  closedAt: string | null;
}

export const PARCEL_EVENTS = [
  "LABEL_PURCHASED",
  "LABEL_PRINTED",
  "READY_FOR_PICKUP",
  "CONFIRMED",
  "CARRIER_PICKED_UP",
  "IN_TRANSIT",
  "DELAYED",
  "OUT_FOR_DELIVERY",
  "ATTEMPTED_DELIVERY",
  "DELIVERED",
  "FAILURE",
] as const;

/** What the carrier reported of a parcel. */
export interface FulfillmentEventRecord {
  id: number;
  status: (typeof PARCEL_EVENTS)[number];
  message: string | null;
  city: string | null;
  province: string | null;
  country: string | null;
  zip: string | null;
  address1: string | null;
  estimatedDeliveryAt: string | null;
  happenedAt: string;
  createdAt: string;
}
