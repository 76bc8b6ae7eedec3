import { decimal, linePrice } from "../../commerce/prices";
import { taxOf } from "../../commerce/tax";
import type { CheckoutRecord } from "../../records";
import type { ShopStore } from "../../store";
import { customerPartOf } from "./customer";
import { addressPayload, pairs, zoned } from "./forms";
import { taxLines, totalWeight } from "./parts";

/** `checkouts/create|update`. */
export function checkoutPayload(shop: ShopStore, checkout: Readonly<CheckoutRecord>) {
  const settings = shop.settings();
  const { totals } = checkout;
  return {
    id: checkout.id,
    token: checkout.token,
    cart_token: checkout.cartToken,
    email: checkout.email,
    gateway: null,
    buyer_accepts_marketing: false,
    buyer_accepts_sms_marketing: false,
    sms_marketing_phone: null,
    created_at: zoned(checkout.createdAt, settings),
    updated_at: zoned(checkout.updatedAt, settings),
    landing_site: "/",
    note: checkout.note,
    note_attributes: pairs(checkout.attributes),
    referring_site: "",
    shipping_lines: checkout.shippingLine
      ? [
          {
            code: checkout.shippingLine.code,
            price: decimal(checkout.shippingLine.price),
            source: "shopify",
            title: checkout.shippingLine.title,
            presentment_title: checkout.shippingLine.title,
            phone: null,
            tax_lines: [],
          },
        ]
      : [],
    taxes_included: false,
    total_weight: totalWeight(checkout.lines),
    currency: settings.currency,
    presentment_currency: settings.currency,
    completed_at: zoned(checkout.completedAt, settings),
    closed_at: null,
    user_id: null,
    location_id: null,
    source_identifier: null,
    source_url: null,
    device_id: null,
    phone: checkout.phone,
    customer_locale: "en",
    line_items: checkout.lines.map((line) => ({
      applied_discounts: [],
      discount_allocations: [],
      key: String(line.id),
      fulfillment_service: "manual",
      gift_card: false,
      grams: line.grams,
      presentment_title: line.title,
      presentment_variant_title: line.variantTitle ?? "",
      product_id: line.productId,
      properties: pairs(line.attributes),
      quantity: line.quantity,
      requires_shipping: line.requiresShipping,
      sku: line.sku,
      tax_lines: taxLines(line.taxable ? Math.round(linePrice(line) * taxOf(settings).rate) : 0, settings),
      taxable: line.taxable,
      title: line.title,
      variant_id: line.variantId,
      variant_title: line.variantTitle ?? "",
      variant_price: decimal(line.price),
      vendor: line.vendor,
      line_price: decimal(linePrice(line)),
      price: decimal(line.price),
    })),
    name: `#${checkout.id}`,
    source: null,
    abandoned_checkout_url: `${settings.storefrontOrigin}/checkouts/${checkout.token}`,
    discount_codes: checkout.discountCodes.map((code) => ({ code, amount: decimal(totals.discount), type: "" })),
    tax_lines: taxLines(totals.tax, settings),
    source_name: "web",
    total_discounts: decimal(totals.discount),
    total_line_items_price: decimal(totals.subtotal),
    total_price: decimal(totals.total),
    total_tax: decimal(totals.tax),
    subtotal_price: decimal(totals.subtotal - totals.discount),
    total_duties: null,
    reservation_token: null,
    billing_address: addressPayload(checkout.shippingAddress),
    shipping_address: addressPayload(checkout.shippingAddress),
    ...withCustomer(shop, checkout.customerId),
  };
}

/** A guest's checkout has no `customer` at all. */
function withCustomer(shop: ShopStore, customerId: number | null) {
  const customer = customerPartOf(shop, customerId);
  return customer ? { customer } : {};
}
