import type { Context } from "~/context";
import { toMinor } from "~/platform/money";
import { ShopifyDenied } from "./admin-errors";
import { adminFor } from "./admin-for";
import { CustomerPanelDocument, type CustomerPanelQuery } from "./queries/generated";

/** A value that the app may not see is told apart from one that is not there. */
export type Seen<Value> = { permitted: true; value: Value | null } | { permitted: false };

export interface CustomerPanel {
  /** gid://shopify/Customer/… */
  id: string;
  name: Seen<string>;
  email: Seen<string>;
  phone: Seen<string>;
  /** ISO 8601 */
  since: string;
  /** Minor units. */
  spent: { amount: number; currency: string };
  orderCount: number;
  tags: string[];
  note: Seen<string>;
  /** The last five, newest first. Not permitted without the scope for orders. */
  orders: Seen<PanelOrder[]>;
}

export interface PanelOrder {
  /** gid://shopify/Order/… */
  id: string;
  name: string;
  /** ISO 8601 */
  at: string;
  cancelled: boolean;
  /** Shopify's words, such as PAID and FULFILLED; `statusWords` makes them for people. */
  payment: string | null;
  fulfillment: string;
  /** Minor units. */
  total: number;
  currency: string;
  lines: { id: string; title: string; variantTitle: string | null; quantity: number; image: string | null }[];
  shipments: {
    id: string;
    status: string | null;
    /** ISO 8601 */
    expectedAt: string | null;
    deliveredAt: string | null;
    tracking: { company: string | null; number: string | null; url: string | null }[];
  }[];
}

/**
 * What the shop knows of its customer, for the panel beside a conversation; null when Shopify has no such customer (any
 * more). Throws ShopifyDown, ShopifyThrottled, and ShopifyDenied when the app may see no customers at all.
 */
export async function customerPanel(ctx: Context, shopifyCustomerId: string): Promise<CustomerPanel | null> {
  const { data, denied } = await adminFor(ctx).askPartly(CustomerPanelDocument, { id: shopifyCustomerId });
  const { customer } = data;
  if (!customer) {
    if (denied.length > 0) throw new ShopifyDenied(denied);
    return null;
  }
  const seen = <Value>(field: string, value: Value | null | undefined): Seen<Value> =>
    denied.some((path) => path === `customer.${field}` || path.startsWith(`customer.${field}.`))
      ? { permitted: false }
      : { permitted: true, value: value ?? null };
  // Not `displayName`: it cannot be null, so that a name that is not approved would take the whole customer with it.
  const names = [seen("firstName", customer.firstName), seen("lastName", customer.lastName)];
  const { amount, currencyCode } = customer.amountSpent;
  return {
    id: customer.id,
    name: names.some((one) => one.permitted) ? { permitted: true, value: fullName(customer) } : { permitted: false },
    email: seen("defaultEmailAddress", customer.defaultEmailAddress?.emailAddress),
    phone: seen("defaultPhoneNumber", customer.defaultPhoneNumber?.phoneNumber),
    since: customer.createdAt,
    spent: { amount: toMinor(amount, currencyCode), currency: currencyCode },
    orderCount: Number(customer.numberOfOrders),
    tags: customer.tags,
    note: seen("note", customer.note || null),
    orders: seen("orders", customer.orders?.nodes.map(orderOf)),
  };
}

/** The parts of a name that are there, or null. */
export function fullName(person: { firstName: string | null; lastName: string | null }): string | null {
  return [person.firstName, person.lastName].filter(Boolean).join(" ") || null;
}

function orderOf(order: NonNullable<CustomerPanelQuery["customer"]>["orders"]["nodes"][number]): PanelOrder {
  const { amount, currencyCode } = order.currentTotalPriceSet.shopMoney;
  return {
    id: order.id,
    name: order.name,
    at: order.processedAt,
    cancelled: order.cancelledAt !== null,
    payment: order.displayFinancialStatus,
    fulfillment: order.displayFulfillmentStatus,
    total: toMinor(amount, currencyCode),
    currency: currencyCode,
    lines: order.lineItems.nodes.map((line) => ({
      id: line.id,
      title: line.title,
      variantTitle: line.variantTitle || null,
      quantity: line.quantity,
      image: line.image?.url ?? null,
    })),
    shipments: order.fulfillments.map((shipment) => ({
      id: shipment.id,
      status: shipment.displayStatus,
      expectedAt: shipment.estimatedDeliveryAt ?? null,
      deliveredAt: shipment.deliveredAt ?? null,
      tracking: shipment.trackingInfo.map(({ company, number, url }) => ({ company, number, url: url ?? null })),
    })),
  };
}

/** "PARTIALLY_REFUNDED" → "Partially refunded": Shopify's enum values as the admin writes them. */
export function statusWords(status: string): string {
  const words = status.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
