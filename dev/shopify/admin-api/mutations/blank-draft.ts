import { randomBytes } from "node:crypto";
import type { DraftOrderRecord } from "../../records";
import type { AdminContext } from "../engine/context";

/** A draft with nothing in it; not stored. */
export function blankDraft(context: AdminContext): DraftOrderRecord {
  const now = context.now.toISOString();
  return {
    id: 0,
    name: "",
    status: "OPEN",
    customerId: null,
    email: null,
    phone: null,
    currency: context.settings.currency,
    lines: [],
    orderDiscount: null,
    shippingLine: null,
    shippingAddress: null,
    billingAddress: null,
    totals: { subtotal: 0, discount: 0, shipping: 0, tax: 0, total: 0 },
    taxExempt: false,
    note: null,
    tags: [],
    attributes: [],
    poNumber: null,
    reserveInventoryUntil: null,
    invoiceToken: randomBytes(16).toString("hex"),
    invoiceSentAt: null,
    invoiceEmailTemplateSubject: null,
    orderId: null,
    metafields: [],
    createdAt: now,
    updatedAt: now,
    completedAt: null,
  };
}
