import { changeIn, tell, tellPurchases } from "../../dev/shopify/commerce/orders/change";
import type { CustomerRecord, OrderRecord } from "../../dev/shopify/records";
import type { ShopStore } from "../../dev/shopify/store";
import { orderPayload } from "../../dev/shopify/webhooks/payloads";
import type { World } from "../../dev/shopify/world";

const DAY = 86_400_000;

/** Fills a seeded shop up to so many customers and orders that the app may see, as copies of the seeded ones. */
export function populate(world: World, shop: ShopStore, counts: { customers: number; orders: number }): void {
  shop.transaction(() => {
    const people = shop.all("customer").filter((each) => each.addresses.length > 0);
    for (let index = people.length; index < counts.customers; index += 1) {
      const like = people[index % people.length];
      if (like) putCustomer(world, shop, like, index);
    }
    const examples = shop.all("order").filter((each) => each.fulfillments.length === 0 && !each.cancelledAt);
    for (let index = examples.length; index < counts.orders; index += 1) {
      const like = examples[index % examples.length];
      if (like) putOrder(world, shop, like, index);
    }
  });
}

/** A new customer, like another one but with contact data of their own. */
export function putCustomer(
  world: World,
  shop: ShopStore,
  like: Readonly<CustomerRecord>,
  index: number,
): CustomerRecord {
  const at = new Date(world.clock().getTime() - (index % 50) * DAY).toISOString();
  const customer: CustomerRecord = {
    ...like,
    id: shop.newId("customer"),
    email: `buyer-${index}@soak.example`,
    phone: null,
    metafields: [],
    createdAt: at,
    updatedAt: at,
  };
  shop.put("customer", customer.id, customer);
  return customer;
}

/** A new paid order of the last weeks of which nothing was sent, like another one. */
export function putOrder(world: World, shop: ShopStore, like: Readonly<OrderRecord>, index: number): OrderRecord {
  const customers = shop.all("customer");
  const customer = customers[(index * 7919) % customers.length];
  const at = new Date(world.clock().getTime() - (index % 40) * DAY - 60_000).toISOString();
  const number = shop.next("orderNumber", 1001);
  const order: OrderRecord = {
    ...like,
    id: shop.newId("order"),
    name: `#${number}`,
    number,
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    lines: like.lines.map((line) => ({
      ...line,
      id: shop.newId("line"),
      quantity: Math.max(2, line.quantity),
      fulfilledQuantity: 0,
    })),
    financialStatus: "PAID",
    fulfillmentStatus: "UNFULFILLED",
    refunded: 0,
    cartToken: null,
    checkoutToken: null,
    draftOrderId: null,
    createdAt: at,
    updatedAt: at,
    processedAt: at,
    closedAt: null,
  };
  shop.put("order", order.id, order);
  return order;
}

/** The same as something that happens now, told as `orders/create`. */
export function placeOrder(world: World, shop: ShopStore, like: Readonly<OrderRecord>, index: number): OrderRecord {
  const change = changeIn(world, shop);
  const placed = {
    ...putOrder(world, shop, like, index),
    createdAt: change.now,
    updatedAt: change.now,
    processedAt: change.now,
  };
  shop.put("order", placed.id, placed);
  tell(change, "orders/create", orderPayload(shop, placed));
  tellPurchases(change, placed.customerId);
  return placed;
}
