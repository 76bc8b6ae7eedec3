import { decimal, linePrice } from "../../commerce/prices";
import { titleOf } from "../../commerce/stock";
import { taxOf } from "../../commerce/tax";
import { type DraftOrderRecord, gid } from "../../records";
import type { ShopStore } from "../../store";
import { customerPartOf } from "./customer";
import { addressPayload, pairs, zoned } from "./forms";
import { appliedDiscount, taxLines } from "./parts";

/** `draft_orders/create|update`. */
export function draftOrderPayload(shop: ShopStore, draft: Readonly<DraftOrderRecord>) {
  const settings = shop.settings();
  return {
    id: draft.id,
    note: draft.note,
    email: draft.email,
    taxes_included: false,
    currency: draft.currency,
    invoice_sent_at: zoned(draft.invoiceSentAt, settings),
    created_at: zoned(draft.createdAt, settings),
    updated_at: zoned(draft.updatedAt, settings),
    tax_exempt: draft.taxExempt,
    completed_at: zoned(draft.completedAt, settings),
    name: draft.name,
    allow_discount_codes_in_checkout: false,
    status: draft.status.toLowerCase(),
    line_items: draft.lines.map((line) => ({
      id: line.id,
      variant_id: line.variantId,
      product_id: line.productId,
      title: line.title,
      variant_title: line.variantTitle,
      sku: line.sku,
      vendor: line.vendor,
      quantity: line.quantity,
      requires_shipping: line.requiresShipping,
      taxable: line.taxable,
      gift_card: false,
      fulfillment_service: "manual",
      grams: line.grams,
      tax_lines: taxLines(
        line.taxable && !draft.taxExempt ? Math.round(linePrice(line) * taxOf(settings).rate) : 0,
        settings,
      ),
      applied_discount: appliedDiscount(line.discount, line.price * line.quantity - linePrice(line)),
      name: titleOf(line),
      properties: pairs(line.attributes),
      custom: line.variantId === null,
      price: decimal(line.price),
      admin_graphql_api_id: gid("DraftOrderLineItem", line.id),
    })),
    api_client_id: null,
    shipping_address: addressPayload(draft.shippingAddress),
    billing_address: addressPayload(draft.billingAddress),
    invoice_url: `${settings.storefrontOrigin}/invoices/${draft.invoiceToken}`,
    created_on_api_version_handle: "2026-07",
    applied_discount: appliedDiscount(draft.orderDiscount, draft.totals.discount),
    order_id: draft.orderId,
    shipping_line: draft.shippingLine
      ? {
          title: draft.shippingLine.title,
          custom: draft.shippingLine.code === null,
          handle: draft.shippingLine.code,
          price: decimal(draft.shippingLine.price),
        }
      : null,
    tax_lines: taxLines(draft.totals.tax, settings),
    tags: draft.tags.join(", "),
    note_attributes: pairs(draft.attributes),
    total_price: decimal(draft.totals.total),
    subtotal_price: decimal(draft.totals.subtotal - draft.totals.discount),
    total_tax: decimal(draft.totals.tax),
    payment_terms: null,
    admin_graphql_api_id: gid("DraftOrder", draft.id),
    ...withCustomer(shop, draft.customerId),
  };
}

/** `draft_orders/delete`. */
export function draftOrderDeletedPayload(draft: Readonly<DraftOrderRecord>) {
  return { id: draft.id };
}

function withCustomer(shop: ShopStore, customerId: number | null) {
  const customer = customerPartOf(shop, customerId);
  return customer ? { customer } : {};
}
