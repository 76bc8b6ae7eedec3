import { decimal, linePrice } from "../../commerce/prices";
import { titleOf } from "../../commerce/stock";
import { gid, type LineRecord, type OrderRecord, type ShopRecord } from "../../records";
import type { ShopStore } from "../../store";
import { customerPartOf } from "./customer";
import { addressPayload, moneySet, pairs, zoned } from "./forms";
import { fulfillmentPayload } from "./fulfillment";
import { taxLines, totalWeight } from "./parts";

const FULFILLMENT_STATUS: Readonly<Record<OrderRecord["fulfillmentStatus"], string | null>> = {
  UNFULFILLED: null,
  PARTIALLY_FULFILLED: "partial",
  FULFILLED: "fulfilled",
  ON_HOLD: null,
  IN_PROGRESS: null,
};

/** `orders/create|updated|paid|cancelled|fulfilled`. */
export function orderPayload(shop: ShopStore, order: Readonly<OrderRecord>) {
  const settings = shop.settings();
  const { totals, currency } = order;
  const discount = totals.discount + lineDiscounts(order.lines);
  const merchandise = order.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const outstanding = order.financialStatus === "PENDING" || order.financialStatus === "AUTHORIZED" ? totals.total : 0;
  const customer = customerPartOf(shop, order.customerId);
  return {
    id: order.id,
    admin_graphql_api_id: gid("Order", order.id),
    app_id: null,
    browser_ip: null,
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: zoned(order.cancelledAt, settings),
    cart_token: order.cartToken,
    checkout_id: null,
    checkout_token: order.checkoutToken,
    client_details: null,
    closed_at: zoned(order.closedAt, settings),
    confirmation_number: confirmationNumber(order),
    confirmed: true,
    contact_email: order.email,
    created_at: zoned(order.createdAt, settings),
    currency,
    ...amounts("current_subtotal_price", totals.subtotal - totals.discount - order.refunded, currency),
    current_total_additional_fees_set: null,
    ...amounts("current_total_discounts", discount, currency),
    current_total_duties_set: null,
    ...amounts("current_total_price", totals.total - order.refunded, currency),
    ...amounts("current_total_tax", totals.tax, currency),
    customer_locale: "en",
    device_id: null,
    discount_codes: order.discountCodes.map((code) => ({ code, amount: decimal(totals.discount), type: "percentage" })),
    email: order.email,
    estimated_taxes: false,
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: FULFILLMENT_STATUS[order.fulfillmentStatus],
    landing_site: null,
    landing_site_ref: null,
    location_id: null,
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: pairs(order.attributes),
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `${settings.storefrontOrigin}/orders/${order.statusToken}`,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: outstanding > 0 ? [] : ["bogus"],
    phone: order.phone,
    po_number: null,
    presentment_currency: currency,
    processed_at: zoned(order.processedAt, settings),
    reference: null,
    referring_site: null,
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    ...amounts("subtotal_price", totals.subtotal - totals.discount, currency),
    tags: order.tags.join(", "),
    tax_exempt: false,
    tax_lines: taxLines(totals.tax, settings),
    taxes_included: false,
    test: false,
    token: order.statusToken,
    ...amounts("total_discounts", discount, currency),
    ...amounts("total_line_items_price", merchandise, currency),
    total_outstanding: decimal(outstanding),
    ...amounts("total_price", totals.total, currency),
    total_shipping_price_set: moneySet(totals.shipping, currency),
    ...amounts("total_tax", totals.tax, currency),
    total_tip_received: "0.00",
    total_weight: totalWeight(order.lines),
    updated_at: zoned(order.updatedAt, settings),
    user_id: null,
    billing_address: addressPayload(order.billingAddress),
    ...(customer ? { customer } : {}),
    discount_applications: [],
    fulfillments: order.fulfillments.map((each) => fulfillmentPayload(shop, order, each)),
    line_items: order.lines.map((line) => orderLine(line, settings)),
    payment_terms: null,
    refunds: [],
    shipping_address: addressPayload(order.shippingAddress),
    shipping_lines: order.shippingLine
      ? [
          {
            id: order.id,
            carrier_identifier: null,
            code: order.shippingLine.code,
            discounted_price: decimal(totals.shipping),
            discounted_price_set: moneySet(totals.shipping, currency),
            is_removed: false,
            phone: null,
            price: decimal(order.shippingLine.price),
            price_set: moneySet(order.shippingLine.price, currency),
            requested_fulfillment_service_id: null,
            source: "shopify",
            title: order.shippingLine.title,
            tax_lines: [],
            discount_allocations: [],
          },
        ]
      : [],
  };
}

/** A line of an order; fulfilments repeat the lines they carry. */
export function orderLine(line: LineRecord, settings: ShopRecord) {
  const fulfilled = line.fulfilledQuantity ?? 0;
  const status = fulfilled === 0 ? null : fulfilled < line.quantity ? "partial" : "fulfilled";
  return {
    id: line.id,
    admin_graphql_api_id: gid("LineItem", line.id),
    attributed_staffs: [],
    current_quantity: line.quantity,
    fulfillable_quantity: line.quantity - fulfilled,
    fulfillment_service: "manual",
    fulfillment_status: status,
    gift_card: false,
    grams: line.grams,
    name: titleOf(line),
    price: decimal(line.price),
    price_set: moneySet(line.price, settings.currency),
    product_exists: line.productId !== null,
    product_id: line.productId,
    properties: pairs(line.attributes),
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    total_discount: decimal(line.price * line.quantity - linePrice(line)),
    total_discount_set: moneySet(line.price * line.quantity - linePrice(line), settings.currency),
    variant_id: line.variantId,
    variant_inventory_management: "shopify",
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: [],
    duties: [],
    discount_allocations: [],
  };
}

/** The code that a buyer sees before the order's name; made of the order's own secret, it stays the same. */
export function confirmationNumber(order: Readonly<OrderRecord>): string {
  return order.statusToken
    .replace(/[^0-9a-z]/gi, "")
    .slice(0, 9)
    .toUpperCase();
}

function lineDiscounts(lines: readonly LineRecord[]): number {
  return lines.reduce((sum, line) => sum + line.price * line.quantity - linePrice(line), 0);
}

/** `name` and `name_set`. */
function amounts(name: string, minor: number, currency: string): Record<string, unknown> {
  return { [name]: decimal(minor), [`${name}_set`]: moneySet(minor, currency) };
}
