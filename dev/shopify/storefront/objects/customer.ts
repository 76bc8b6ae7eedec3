import { linePrice } from "../../commerce/prices";
import type { AddressRecord, CustomerRecord, OrderRecord } from "../../records";
import type { Visit } from "../visit";
import { imageObject } from "./image";

function addressObject(address: AddressRecord | null) {
  if (!address) return null;
  const country = new Intl.DisplayNames(["en"], { type: "region" }).of(address.countryCode) ?? address.countryCode;
  return {
    id: address.id,
    first_name: address.firstName,
    last_name: address.lastName,
    name: `${address.firstName} ${address.lastName}`.trim(),
    company: address.company ?? "",
    address1: address.address1,
    address2: address.address2 ?? "",
    city: address.city,
    province: address.province ?? "",
    zip: address.zip,
    country,
    country_code: address.countryCode,
    phone: address.phone ?? "",
  };
}

/** https://shopify.dev/docs/api/liquid/objects/order */
function orderObject(visit: Visit, order: Readonly<OrderRecord>) {
  return {
    id: order.id,
    name: order.name,
    order_number: order.number,
    created_at: order.createdAt,
    email: order.email,
    cancelled: order.cancelledAt !== null,
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: order.fulfillmentStatus.toLowerCase(),
    subtotal_price: order.totals.subtotal,
    total_discounts: order.totals.discount,
    shipping_price: order.totals.shipping,
    tax_price: order.totals.tax,
    total_price: order.totals.total,
    note: order.note,
    order_status_url: `${visit.origin}/orders/${order.statusToken}`,
    customer_url: `${visit.origin}/orders/${order.statusToken}`,
    shipping_address: addressObject(order.shippingAddress),
    billing_address: addressObject(order.billingAddress),
    item_count: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    line_items: order.lines.map((line) => ({
      id: line.id,
      title: line.title,
      variant_title: line.variantTitle,
      quantity: line.quantity,
      sku: line.sku,
      final_line_price: linePrice(line),
      image: imageObject(visit, line.image),
      properties: line.attributes.filter(({ key }) => !key.startsWith("_")).map(({ key, value }) => [key, value]),
    })),
    fulfillments: order.fulfillments.map((fulfillment) => ({
      name: fulfillment.name,
      status: fulfillment.displayStatus.toLowerCase(),
      tracking_company: fulfillment.trackingCompany,
      tracking_number: fulfillment.trackingNumber,
      tracking_url: fulfillment.trackingUrl,
      created_at: fulfillment.createdAt,
    })),
  };
}

/** https://shopify.dev/docs/api/liquid/objects/customer */
export function customerObject(visit: Visit, customer: CustomerRecord) {
  const orders = visit.shop
    .all("order")
    .filter((order) => order.customerId === customer.id)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const address = customer.addresses.find(({ id }) => id === customer.defaultAddressId) ?? customer.addresses[0];
  return {
    id: customer.id,
    email: customer.email,
    phone: customer.phone,
    first_name: customer.firstName,
    last_name: customer.lastName,
    name: [customer.firstName, customer.lastName].filter(Boolean).join(" "),
    tags: customer.tags,
    accepts_marketing: customer.emailMarketingState === "SUBSCRIBED",
    tax_exempt: customer.taxExempt,
    has_account: true,
    "b2b?": false,
    default_address: addressObject(address ?? null),
    addresses: customer.addresses.map(addressObject),
    orders_count: orders.length,
    total_spent: orders.reduce((sum, order) => sum + order.totals.total - order.refunded, 0),
    get orders() {
      return orders.map((order) => orderObject(visit, order));
    },
  };
}
