import { refundsOf } from "../../commerce/orders/money";
import { decimal, linePrice } from "../../commerce/prices";
import { gid, type LineRecord, type OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import { customerPartOf } from "./customer";
import { addressPayload, moneySet, pairs, zoned } from "./forms";
import { fulfillmentPayload } from "./fulfillment";
import { orderLine } from "./order-line";
import { taxLines, totalWeight } from "./parts";
import { refundPayload } from "./refund";
import { returnPayload } from "./return";

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
    line_items: order.lines.map((line) => orderLine(line, settings, order)),
    payment_terms: null,
    refunds: refundsOf(order).map((each) => refundPayload(shop, order, each)),
    returns: (order.returns ?? []).map((each) => returnPayload(order, each)),
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
