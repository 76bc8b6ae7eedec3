import type { CheckoutKept } from "../checkout";
import type { CompanyKept } from "../company";
import type { CustomerKept } from "../customer";
import type { DraftOrderKept } from "../draft-order";
import type { OrderKept } from "../order";
import type { ProductKept } from "../product";
import type { MirrorTable } from "./table";

/** How an address and a number are matched, beside how they were written. */
interface Keys {
  emailKey: string | null;
  phoneKey: string | null;
}
/** Whose story a record is told in. */
interface Told {
  subjectId: string;
}
/** What a record is found by. */
interface Found {
  words: string;
}

export type CustomerRow = CustomerKept & Keys & Found;
export type OrderRow = OrderKept & Keys & Told;
export type DraftOrderRow = DraftOrderKept & Told;
export type CheckoutRow = CheckoutKept & Told;
export type ProductRow = ProductKept & Found;

const times = { createdAt: "timestamptz", updatedAt: "timestamptz" } as const;

export const customerTable: MirrorTable<CustomerRow> = {
  name: "shopify_customer",
  columns: {
    id: "text",
    firstName: "text",
    lastName: "text",
    email: "text",
    emailKey: "text",
    phone: "text",
    phoneKey: "text",
    locale: "text",
    tags: "text[]",
    state: "text",
    emailVerified: "boolean",
    emailMarketing: "text",
    emailMarketingUpdatedAt: "timestamptz",
    smsMarketing: "text",
    smsMarketingUpdatedAt: "timestamptz",
    orderCount: "integer",
    spent: "double precision",
    currency: "text",
    words: "text",
    ...times,
  },
};

export const orderTable: MirrorTable<OrderRow> = {
  name: "shopify_order",
  columns: {
    id: "text",
    name: "text",
    customerId: "text",
    email: "text",
    emailKey: "text",
    phone: "text",
    phoneKey: "text",
    cartToken: "text",
    cartId: "uuid",
    currency: "text",
    total: "double precision",
    currentTotal: "double precision",
    refunded: "double precision",
    financialStatus: "text",
    fulfillmentStatus: "text",
    returnStatus: "text",
    cancelReason: "text",
    discountCodes: "text[]",
    lines: "jsonb",
    fulfillments: "jsonb",
    returns: "jsonb",
    refunds: "jsonb",
    payments: "jsonb",
    subjectId: "uuid",
    processedAt: "timestamptz",
    cancelledAt: "timestamptz",
    closedAt: "timestamptz",
    ...times,
  },
};

export const draftOrderTable: MirrorTable<DraftOrderRow> = {
  name: "shopify_draft_order",
  columns: {
    id: "text",
    name: "text",
    customerId: "text",
    cartId: "uuid",
    status: "text",
    currency: "text",
    total: "double precision",
    lines: "jsonb",
    orderId: "text",
    orderName: "text",
    subjectId: "uuid",
    invoiceSentAt: "timestamptz",
    completedAt: "timestamptz",
    ...times,
  },
};

export const checkoutTable: MirrorTable<CheckoutRow> = {
  name: "shopify_checkout",
  columns: {
    id: "text",
    name: "text",
    customerId: "text",
    cartId: "uuid",
    currency: "text",
    total: "double precision",
    lines: "jsonb",
    subjectId: "uuid",
    completedAt: "timestamptz",
    ...times,
  },
};

export const productTable: MirrorTable<ProductRow> = {
  name: "shopify_product",
  columns: {
    id: "text",
    title: "text",
    handle: "text",
    status: "text",
    vendor: "text",
    type: "text",
    tags: "text[]",
    image: "text",
    currency: "text",
    variants: "jsonb",
    words: "text",
    ...times,
  },
};

export const companyTable: MirrorTable<CompanyKept> = {
  name: "shopify_company",
  columns: {
    id: "text",
    name: "text",
    externalId: "text",
    contacts: "jsonb",
    locations: "jsonb",
    ...times,
  },
};
