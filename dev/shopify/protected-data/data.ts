import type { ShopRecord } from "../records";

/**
 * What Shopify's review approves for an app (https://shopify.dev/docs/apps/launch/protected-customer-data):
 * level 1 is customer data as such, level 2 are these four data of a person, each asked for by itself.
 */
export const DATA = ["name", "email", "phone", "address"] as const;
export type Datum = (typeof DATA)[number];

/** Types that an app without level 1 gets nothing of. */
export const PROTECTED_TYPES = [
  "Customer",
  "Order",
  "DraftOrder",
  "AbandonedCheckout",
  "Fulfillment",
  "Refund",
  "Return",
  "MailingAddress",
  "CompanyContact",
  "CompanyAddress",
] as const;

/** How `shop.unapprovedFields` says that a datum is not approved. */
const PATHS: Readonly<Record<Datum, readonly string[]>> = {
  name: ["Customer.firstName", "Customer.lastName"],
  email: ["Customer.email"],
  phone: ["Customer.phone"],
  address: ["MailingAddress.address1"],
};

/** The same datum under its other names in the schema: the review is about the datum. */
const SAME_DATUM: Readonly<Record<string, readonly string[]>> = {
  "Customer.email": ["CustomerEmailAddress.emailAddress", "Order.email", "DraftOrder.email"],
  "Customer.phone": [
    "CustomerPhoneNumber.phoneNumber",
    "Order.phone",
    "DraftOrder.phone",
    "MailingAddress.phone",
    "CompanyAddress.phone",
    "CompanyLocation.phone",
  ],
  "Customer.firstName": [
    "MailingAddress.firstName",
    "Customer.displayName",
    "MailingAddress.name",
    "CompanyAddress.firstName",
    "CompanyAddress.recipient",
  ],
  "Customer.lastName": [
    "MailingAddress.lastName",
    "Customer.displayName",
    "MailingAddress.name",
    "CompanyAddress.lastName",
    "CompanyAddress.recipient",
  ],
  "MailingAddress.address1": [
    "MailingAddress.address2",
    "MailingAddress.zip",
    "MailingAddress.latitude",
    "MailingAddress.longitude",
    "MailingAddress.formatted",
    "CompanyAddress.address1",
    "CompanyAddress.address2",
    "CompanyAddress.zip",
    "CompanyAddress.formattedAddress",
  ],
};

type Review = Pick<ShopRecord, "unapprovedFields">;

/**
 * Whether the app may read a field of the Admin API's schema in this shop. The one question that queries and
 * bulk operations ask: an answer false means null in the data and `fieldNotApproved` beside it.
 */
export function isFieldApproved({ unapprovedFields }: Review, typeName: string, fieldName: string): boolean {
  const field = `${typeName}.${fieldName}`;
  return !unapprovedFields.some((path) => path === field || SAME_DATUM[path]?.includes(field));
}

/** Whether the app may read objects of the type at all in this shop; false means `objectNotApproved`. */
export function isTypeApproved({ unapprovedFields }: Review, typeName: string): boolean {
  return !unapprovedFields.includes(typeName);
}

/** What the review has refused: everything about customers, or some of a person's data. */
export interface Refused {
  everything: boolean;
  data: Datum[];
}

/** Reads `shop.unapprovedFields` as the review's outcome. */
export function refusedIn(settings: Review): Refused {
  return {
    everything: !isTypeApproved(settings, "Customer"),
    data: DATA.filter((datum) => PATHS[datum].some((path) => settings.unapprovedFields.includes(path))),
  };
}

/** The list for `shop.unapprovedFields`; paths in `before` that are of no datum stay. */
export function unapprovedFor(refused: Refused, before: readonly string[] = []): string[] {
  const ours = new Set<string>([...PROTECTED_TYPES, ...Object.values(PATHS).flat()]);
  return [
    ...before.filter((path) => !ours.has(path)),
    ...(refused.everything ? PROTECTED_TYPES : []),
    ...refused.data.flatMap((datum) => PATHS[datum]),
  ];
}
