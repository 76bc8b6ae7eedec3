import type { CustomerRecord } from "../../records";
import type { ShopStore } from "../../store";

/**
 * `customers/data_request`, `customers/redact`, `shop/redact`
 * (https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance).
 */
export function dataRequestPayload(shop: ShopStore, customer: Readonly<CustomerRecord>) {
  return {
    ...shopRedactPayload(shop),
    orders_requested: orderIdsOf(shop, customer.id),
    customer: { id: customer.id, email: customer.email, phone: customer.phone },
    data_request: { id: shop.newId("dataRequest") },
  };
}

export function customerRedactPayload(shop: ShopStore, customer: Readonly<CustomerRecord>) {
  return {
    ...shopRedactPayload(shop),
    customer: { id: customer.id, email: customer.email, phone: customer.phone },
    orders_to_redact: orderIdsOf(shop, customer.id),
  };
}

export function shopRedactPayload(shop: ShopStore) {
  const settings = shop.settings();
  return { shop_id: settings.id, shop_domain: settings.domain };
}

function orderIdsOf(shop: ShopStore, customerId: number): number[] {
  return shop
    .all("order")
    .filter((order) => order.customerId === customerId)
    .map((order) => order.id);
}
