import type { BulkOperationRecord } from "./admin-api/bulk/record";

import type { FulfillmentEventRecord, RefundRecord, ReturnRecord, TransactionRecord } from "./records-orders";
import type {
  CompanyContactRecord,
  CompanyLocationRecord,
  CompanyRecord,
  ConsentChangeRecord,
  CustomerMergeRecord,
  MetafieldDefinitionRecord,
  WebPixelRecord,
} from "./records-people";

/**
 * What the local Shopify remembers. One document per record, kept by `store.ts`.
 * Ids are Shopify's numeric ids; `gid(type, id)` makes the global form.
 * Money is an integer in minor units of the shop's currency. Time is an ISO 8601 string in UTC.
 */

export interface ShopRecord {
  /** `northwind-outfitters.myshopify.com`: the key of every other record. */
  domain: string;
  id: number;
  name: string;
  email: string;
  currency: string;
  countryCode: string;
  timezone: string;
  /** Decides the Admin API's bucket: 100, 200 or 1000 points a second. */
  plan: "standard" | "advanced" | "plus";
  /** Where the browser finds its storefront, without a trailing slash. */
  storefrontOrigin: string;
  /** The folder under `dev/shopify/themes/` that the storefront renders. */
  theme: string;
  /** `Customer.email`-like paths that protected-data review has not approved for the app. */
  unapprovedFields: string[];
  createdAt: string;
}

export interface StaffRecord {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  accountOwner: boolean;
  locale: string;
}

export interface ImageRecord {
  id: number;
  /** Path on the storefront's origin, such as `/cdn/products/field-jacket-olive.svg`. */
  path: string;
  altText: string;
  width: number;
  height: number;
}

export interface VariantRecord {
  id: number;
  productId: number;
  inventoryItemId: number;
  title: string;
  sku: string;
  barcode: string | null;
  price: number;
  compareAtPrice: number | null;
  /** Values in the order of the product's options. */
  options: string[];
  image: ImageRecord | null;
  /** Units available; below zero when oversold. */
  inventoryQuantity: number;
  inventoryPolicy: "DENY" | "CONTINUE";
  tracked: boolean;
  requiresShipping: boolean;
  taxable: boolean;
  grams: number;
}

export interface ProductRecord {
  id: number;
  handle: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: "ACTIVE" | "ARCHIVED" | "DRAFT";
  options: { name: string; values: string[] }[];
  images: ImageRecord[];
  variants: VariantRecord[];
  collections: string[];
  createdAt: string;
  updatedAt: string;
}

export interface CollectionRecord {
  id: number;
  handle: string;
  title: string;
  descriptionHtml: string;
}

export interface AddressRecord {
  id: number;
  firstName: string;
  lastName: string;
  company: string | null;
  address1: string;
  address2: string | null;
  city: string;
  province: string | null;
  zip: string;
  countryCode: string;
  phone: string | null;
}

export interface CustomerRecord {
  id: number;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  /** A signed-in session on the storefront asks for this; seeded customers all have one. */
  password: string | null;
  locale: string;
  tags: string[];
  note: string | null;
  verifiedEmail: boolean;
  taxExempt: boolean;
  emailMarketingState: "SUBSCRIBED" | "NOT_SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING";
  smsMarketingState: "SUBSCRIBED" | "NOT_SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING";
  /** Absent when nobody has ever changed it here. */
  emailConsent?: ConsentChangeRecord;
  smsConsent?: ConsentChangeRecord;
  state: "ENABLED" | "DISABLED" | "INVITED" | "DECLINED";
  addresses: AddressRecord[];
  defaultAddressId: number | null;
  metafields: MetafieldRecord[];
  createdAt: string;
  updatedAt: string;
}

export interface MetafieldRecord {
  id: number;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: string;
  updatedAt: string;
}

export interface AttributeRecord {
  key: string;
  value: string;
}

export interface DiscountRecord {
  title: string | null;
  description: string | null;
  /** Percent (10 = 10 %) or an amount in minor units, as `valueType` says. */
  value: number;
  valueType: "PERCENTAGE" | "FIXED_AMOUNT";
}

export interface LineRecord {
  id: number;
  variantId: number | null;
  productId: number | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  quantity: number;
  /** Price of one unit before any discount. */
  price: number;
  discount: DiscountRecord | null;
  requiresShipping: boolean;
  taxable: boolean;
  grams: number;
  attributes: AttributeRecord[];
  image: ImageRecord | null;
  /** Units already fulfilled; orders only. */
  fulfilledQuantity?: number;
  /** The name that the app gave a draft's line; drafts only. */
  uuid?: string;
}

/** Totals as `commerce/prices.ts` computes them, all in minor units. */
export interface TotalsRecord {
  /** Lines after line discounts, before the order discount. */
  subtotal: number;
  discount: number;
  shipping: number;
  tax: number;
  total: number;
}

export interface ShippingLineRecord {
  title: string;
  price: number;
  code: string | null;
}

export interface FulfillmentRecord {
  id: number;
  name: string;
  status: "SUCCESS" | "CANCELLED" | "PENDING" | "OPEN";
  displayStatus: FulfillmentEventRecord["status"] | "FULFILLED" | "NOT_DELIVERED" | "CANCELED";
  trackingCompany: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  lines: { lineId: number; quantity: number }[];
  createdAt: string;
  updatedAt: string;
  estimatedDeliveryAt: string | null;
  deliveredAt: string | null;
  /** Oldest first; absent in records that are older than events. */
  events?: FulfillmentEventRecord[];
}

export interface OrderRecord {
  id: number;
  /** `#1001` */
  name: string;
  number: number;
  customerId: number | null;
  /** The location of a B2B company that the customer bought for. */
  companyLocationId?: number | null;
  email: string | null;
  phone: string | null;
  currency: string;
  lines: LineRecord[];
  orderDiscount: DiscountRecord | null;
  discountCodes: string[];
  shippingLine: ShippingLineRecord | null;
  totals: TotalsRecord;
  refunded: number;
  financialStatus: "PENDING" | "AUTHORIZED" | "PAID" | "PARTIALLY_REFUNDED" | "REFUNDED" | "VOIDED";
  fulfillmentStatus: "UNFULFILLED" | "PARTIALLY_FULFILLED" | "FULFILLED" | "ON_HOLD" | "IN_PROGRESS";
  fulfillments: FulfillmentRecord[];
  /** Oldest first, as the two below; absent: `commerce/orders/money.ts` tells them by the order's state. */
  transactions?: TransactionRecord[];
  refunds?: RefundRecord[];
  returns?: ReturnRecord[];
  /** When staff last changed its lines. */
  editedAt?: string | null;
  shippingAddress: AddressRecord | null;
  billingAddress: AddressRecord | null;
  note: string | null;
  tags: string[];
  attributes: AttributeRecord[];
  /** `web` from the storefront's checkout, `shopify_draft_order` from a draft. */
  sourceName: string;
  /** The part of the cart token before `?key=`. */
  cartToken: string | null;
  checkoutToken: string | null;
  draftOrderId: number | null;
  /** Opaque secret in the order status page's path. */
  statusToken: string;
  metafields: MetafieldRecord[];
  createdAt: string;
  updatedAt: string;
  processedAt: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
}

export interface DraftOrderRecord {
  id: number;
  /** `#D1` */
  name: string;
  status: "OPEN" | "INVOICE_SENT" | "COMPLETED";
  customerId: number | null;
  email: string | null;
  phone: string | null;
  currency: string;
  lines: LineRecord[];
  orderDiscount: DiscountRecord | null;
  shippingLine: ShippingLineRecord | null;
  shippingAddress: AddressRecord | null;
  billingAddress: AddressRecord | null;
  totals: TotalsRecord;
  taxExempt: boolean;
  note: string | null;
  tags: string[];
  attributes: AttributeRecord[];
  poNumber: string | null;
  reserveInventoryUntil: string | null;
  /** Opaque secret in the invoice page's path: `/invoices/<token>` on the storefront. */
  invoiceToken: string;
  invoiceSentAt: string | null;
  invoiceEmailTemplateSubject: string | null;
  orderId: number | null;
  metafields: MetafieldRecord[];
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
}

export interface CartRecord {
  /** The public half of the token; `key` is the secret half: `token?key=…` in cart.js and the cookie. */
  token: string;
  key: string;
  lines: (LineRecord & { key: string })[];
  note: string;
  attributes: Record<string, string>;
  discountCodes: string[];
  customerId: number | null;
  createdAt: string;
  updatedAt: string;
  /** Set when a checkout of this cart was paid; the shopper's next page gets a fresh cart. */
  completedAt: string | null;
}

export interface CheckoutRecord {
  id: number;
  token: string;
  cartToken: string | null;
  email: string | null;
  phone: string | null;
  customerId: number | null;
  lines: LineRecord[];
  attributes: AttributeRecord[];
  note: string | null;
  discountCodes: string[];
  shippingLine: ShippingLineRecord | null;
  shippingAddress: AddressRecord | null;
  totals: TotalsRecord;
  orderId: number | null;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
}

/** What the theme editor saved: which app blocks are on, with their settings. */
export interface ThemeSettingsRecord {
  theme: string;
  blocks: {
    /** `shopify://apps/throughline/blocks/<block file name>/<uid>` */
    type: string;
    block: string;
    disabled: boolean;
    settings: Record<string, unknown>;
  }[];
}

export interface InstallationRecord {
  clientId: string;
  scopes: string[];
  /** Null once uninstalled. */
  installedAt: string | null;
  proxy: { prefix: string; subpath: string; url: string } | null;
  extensionUid: string;
}

export interface TokenRecord {
  accessToken: string;
  clientId: string;
  kind: "offline" | "online";
  staffId: number | null;
  scopes: string[];
  expiresAt: string | null;
  refreshToken: string | null;
  refreshTokenExpiresAt: string | null;
  revoked: boolean;
}

export interface WebhookSubscriptionRecord {
  id: number;
  /** `ORDERS_PAID`, as in the `WebhookSubscriptionTopic` enum. */
  topic: string;
  uri: string;
  /** True when declared in shopify.app.toml; such ones are not visible to the Admin API. */
  declared: boolean;
  includeFields: string[];
  filter: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface WebhookDeliveryRecord {
  webhookId: string;
  eventId: string;
  subscriptionId: number;
  /** `orders/paid` */
  topic: string;
  url: string;
  body: string;
  triggeredAt: string;
  attempts: { at: string; status: number | null; error: string | null; milliseconds: number }[];
  /** Null when delivered or given up. */
  nextAttemptAt: string | null;
  state: "waiting" | "delivered" | "failed";
}

export interface RecordKinds {
  shop: ShopRecord;
  staff: StaffRecord;
  product: ProductRecord;
  collection: CollectionRecord;
  customer: CustomerRecord;
  order: OrderRecord;
  draftOrder: DraftOrderRecord;
  cart: CartRecord;
  checkout: CheckoutRecord;
  themeSettings: ThemeSettingsRecord;
  installation: InstallationRecord;
  token: TokenRecord;
  webhookSubscription: WebhookSubscriptionRecord;
  webhookDelivery: WebhookDeliveryRecord;
  bulkOperation: BulkOperationRecord;
  /** Metafields of the shop itself and of the app's installation. */
  metafield: MetafieldRecord & { ownerGid: string };
  company: CompanyRecord;
  companyContact: CompanyContactRecord;
  companyLocation: CompanyLocationRecord;
  customerMerge: CustomerMergeRecord;
  webPixel: WebPixelRecord;
  metafieldDefinition: MetafieldDefinitionRecord;
}

export type RecordKind = keyof RecordKinds;

/** `gid("Product", 12)` → `gid://shopify/Product/12` */
export function gid(type: string, id: number | string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The numeric id in a gid of the given type, or null when it is of another type or malformed. */
export function idOf(type: string, value: string): number | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(\?.*)?$/.exec(value);
  return match && match[1] === type ? Number(match[2]) : null;
}
