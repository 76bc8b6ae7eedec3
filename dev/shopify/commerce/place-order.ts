import { randomBytes, randomUUID } from "node:crypto";
import type { CheckoutRecord, CustomerRecord, DraftOrderRecord, OrderRecord } from "../records";
import type { ShopStore } from "../store";
import { checkoutPayload, customerPayload, draftOrderPayload, orderPayload } from "../webhooks/payloads";
import { publish } from "../webhooks/publish";
import type { World } from "../world";
import { type Change, moveStock, tellPurchases, tellTransaction } from "./orders/change";
import { transactionsOf } from "./orders/money";
import { type Shortage, shortages } from "./stock";

/** Stock does not cover what a shopper wants to pay; nothing was changed. */
export class OutOfStock extends Error {
  constructor(readonly shortages: Shortage[]) {
    super(shortages.map((each) => `${each.title}: ${each.available} of ${each.asked} available`).join("; "));
    this.name = "OutOfStock";
  }
}

/**
 * Turns a paid checkout or a draft into an order, in one transaction: the order, the stock, the cart's
 * `completedAt`, the draft's COMPLETED, and the webhooks. Paying twice gives the first order again.
 * With `enforceStock` (always for a checkout; for a draft when a shopper pays its invoice) it throws
 * OutOfStock; staff may complete a draft beyond stock.
 */
export function placeOrder(
  world: World,
  shop: ShopStore,
  input: { from: CheckoutRecord } | { from: DraftOrderRecord; paymentPending?: boolean; enforceStock?: boolean },
): OrderRecord {
  return shop.transaction(() => {
    const draft = "invoiceToken" in input.from ? current(shop, "draftOrder", input.from.id, input.from) : null;
    const checkout = "invoiceToken" in input.from ? null : current(shop, "checkout", input.from.token, input.from);
    const source = draft ?? checkout ?? input.from;
    const before = source.orderId === null ? null : shop.get("order", source.orderId);
    if (before) return before;

    const now = world.clock();
    const enforceStock = checkout !== null || ("enforceStock" in input && input.enforceStock === true);
    const missing = enforceStock ? shortages(shop, source.lines, now, draft?.id) : [];
    if (missing.length > 0) throw new OutOfStock(missing);

    const paymentPending = "paymentPending" in input && input.paymentPending === true;
    const eventId = randomUUID();
    const customer = customerFor(world, shop, source, eventId);
    const order = orderFrom(shop, source, { now, paymentPending, customerId: customer?.id ?? null });
    shop.put("order", order.id, order);
    const change: Change = { world, shop, now: order.createdAt, eventId };
    moveStock(change, order.lines);

    const closed = { orderId: order.id, customerId: order.customerId, completedAt: order.createdAt };
    if (draft) {
      const done: DraftOrderRecord = { ...draft, ...closed, status: "COMPLETED", updatedAt: order.createdAt };
      shop.put("draftOrder", draft.id, done);
      publish(world, shop, "draft_orders/update", draftOrderPayload(shop, done), { eventId });
    }
    if (checkout) {
      const done: CheckoutRecord = { ...checkout, ...closed, updatedAt: order.createdAt };
      shop.put("checkout", checkout.token, done);
      completeCart(shop, checkout.cartToken, order.createdAt);
      publish(world, shop, "checkouts/update", checkoutPayload(shop, done), { eventId });
    }
    publish(world, shop, "orders/create", orderPayload(shop, order), { eventId });
    if (!paymentPending) publish(world, shop, "orders/paid", orderPayload(shop, order), { eventId });
    for (const each of transactionsOf(order)) tellTransaction(change, order, each);
    tellPurchases(change, order.customerId);
    return order;
  });
}

/** The next order's number; the counter catches up with orders that were written without it. */
export function nextOrderNumber(shop: ShopStore): number {
  const highest = shop.all("order").reduce((most, order) => Math.max(most, order.number), 1000);
  let number = shop.next("orderNumber", 1001);
  while (number <= highest) number = shop.next("orderNumber", 1001);
  return number;
}

/** The record as it is now; a caller's copy may be older than a payment in another tab. */
function current<Kind extends "draftOrder" | "checkout">(
  shop: ShopStore,
  kind: Kind,
  key: string | number,
  copy: DraftOrderRecord | CheckoutRecord,
) {
  const stored = shop.get(kind, key);
  if (stored) return stored;
  throw new Error(`${kind} ${copy.id} is not stored: put it before an order is placed from it`);
}

function completeCart(shop: ShopStore, cartToken: string | null, at: string): void {
  const cart = cartToken === null ? null : shop.get("cart", cartToken);
  if (cart) shop.put("cart", cart.token, { ...cart, completedAt: at });
}

/** The buyer's customer record: the one named, else by e-mail address, else a new one as Shopify makes it. */
function customerFor(
  world: World,
  shop: ShopStore,
  source: CheckoutRecord | DraftOrderRecord,
  eventId: string,
): Readonly<CustomerRecord> | null {
  if (source.customerId !== null) return shop.get("customer", source.customerId);
  const email = source.email?.toLowerCase();
  if (!email) return null;
  const known = shop.all("customer").find((each) => each.email?.toLowerCase() === email);
  if (known) return known;
  const now = world.clock().toISOString();
  const address = source.shippingAddress;
  const customer: CustomerRecord = {
    id: shop.newId("customer"),
    firstName: address?.firstName ?? null,
    lastName: address?.lastName ?? null,
    email: source.email,
    phone: source.phone,
    password: null,
    locale: "en",
    tags: [],
    note: null,
    verifiedEmail: false,
    taxExempt: false,
    emailMarketingState: "NOT_SUBSCRIBED",
    smsMarketingState: "NOT_SUBSCRIBED",
    state: "DISABLED",
    addresses: address ? [address] : [],
    defaultAddressId: address?.id ?? null,
    metafields: [],
    createdAt: now,
    updatedAt: now,
  };
  shop.put("customer", customer.id, customer);
  publish(world, shop, "customers/create", customerPayload(shop, customer), { eventId });
  return customer;
}

function orderFrom(
  shop: ShopStore,
  source: CheckoutRecord | DraftOrderRecord,
  facts: { now: Date; paymentPending: boolean; customerId: number | null },
): OrderRecord {
  const number = nextOrderNumber(shop);
  const at = facts.now.toISOString();
  const isDraft = "invoiceToken" in source;
  return {
    id: shop.newId("order"),
    name: `#${number}`,
    number,
    customerId: facts.customerId,
    email: source.email,
    phone: source.phone,
    currency: shop.settings().currency,
    lines: source.lines.map((line) => ({ ...line, id: shop.newId("line"), fulfilledQuantity: 0 })),
    orderDiscount: isDraft ? source.orderDiscount : null,
    discountCodes: isDraft ? [] : source.discountCodes,
    shippingLine: source.shippingLine,
    totals: source.totals,
    refunded: 0,
    financialStatus: facts.paymentPending ? "PENDING" : "PAID",
    fulfillmentStatus: "UNFULFILLED",
    fulfillments: [],
    shippingAddress: source.shippingAddress,
    billingAddress: isDraft ? (source.billingAddress ?? source.shippingAddress) : source.shippingAddress,
    note: source.note,
    tags: isDraft ? source.tags : [],
    attributes: source.attributes,
    sourceName: isDraft ? "shopify_draft_order" : "web",
    cartToken: isDraft ? null : source.cartToken,
    checkoutToken: isDraft ? null : source.token,
    draftOrderId: isDraft ? source.id : null,
    statusToken: randomBytes(16).toString("hex"),
    metafields: [],
    createdAt: at,
    updatedAt: at,
    processedAt: at,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
  };
}
