import type { CustomerKept } from "~/shopify-data/customer";
import type { OrderKept } from "~/shopify-data/order";

const at = (text: string): Date => new Date(text);

/** An order as Shopify would tell it: two jackets, paid, sent and delivered. */
export function orderKept(number: number, changes: Partial<OrderKept> = {}): OrderKept {
  const id = `gid://shopify/Order/${number}`;
  return {
    id,
    name: `#${number}`,
    customerId: "gid://shopify/Customer/1",
    email: "mia@example.com",
    phone: null,
    cartToken: null,
    cartId: null,
    currency: "EUR",
    total: 39_800,
    currentTotal: 39_800,
    refunded: 0,
    financialStatus: "paid",
    fulfillmentStatus: "fulfilled",
    returnStatus: "no_return",
    cancelReason: null,
    discountCodes: [],
    lines: [
      {
        id: `gid://shopify/LineItem/${number}`,
        title: "Field Jacket",
        variantTitle: "Olive / M",
        sku: "SKU-11",
        image: null,
        productId: "gid://shopify/Product/1",
        variantId: "gid://shopify/ProductVariant/11",
        quantity: 2,
        currentQuantity: 2,
        total: 39_800,
      },
    ],
    fulfillments: [
      {
        id: `gid://shopify/Fulfillment/${number}`,
        status: "success",
        displayStatus: "delivered",
        quantity: 2,
        createdAt: "2026-11-02T08:00:00.000Z",
        inTransitAt: "2026-11-02T18:00:00.000Z",
        estimatedDeliveryAt: null,
        deliveredAt: "2026-11-04T10:00:00.000Z",
        tracking: [{ company: "DHL", number: "JD014", url: null }],
      },
    ],
    returns: [],
    refunds: [],
    payments: [
      {
        id: `gid://shopify/OrderTransaction/${number}`,
        kind: "sale",
        status: "success",
        gateway: "shopify_payments",
        amount: 39_800,
        currency: "EUR",
        at: "2026-11-01T09:00:05.000Z",
      },
    ],
    processedAt: at("2026-11-01T09:00:00Z"),
    cancelledAt: null,
    closedAt: null,
    createdAt: at("2026-11-01T09:00:00Z"),
    updatedAt: at("2026-11-04T10:00:00Z"),
    ...changes,
  };
}

export function customerKept(number: number, changes: Partial<CustomerKept> = {}): CustomerKept {
  return {
    id: `gid://shopify/Customer/${number}`,
    firstName: "Mia",
    lastName: "Müller",
    email: `mia${number}@example.com`,
    phone: "+4915112345678",
    locale: "de",
    tags: ["vip"],
    state: "enabled",
    emailVerified: true,
    emailMarketing: "subscribed",
    emailMarketingUpdatedAt: at("2026-10-01T00:00:00Z"),
    smsMarketing: null,
    smsMarketingUpdatedAt: null,
    orderCount: 1,
    spent: 39_800,
    currency: "EUR",
    createdAt: at("2026-10-01T00:00:00Z"),
    updatedAt: at("2026-11-01T00:00:00Z"),
    ...changes,
  };
}
