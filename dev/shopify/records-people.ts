import type { MetafieldRecord } from "./records";

/** What the local Shopify remembers of B2B companies, of merged customers, and of what the app set up. */

export interface CompanyRecord {
  id: number;
  name: string;
  note: string | null;
  externalId: string | null;
  /** One of the company's contacts, or null. */
  mainContactId: number | null;
  /** `Location admin` and `Ordering only` come with every company. */
  roles: { id: number; name: string; note: string | null }[];
  defaultRoleId: number | null;
  metafields: MetafieldRecord[];
  customerSince: string;
  createdAt: string;
  updatedAt: string;
}

export interface CompanyContactRecord {
  id: number;
  companyId: number;
  customerId: number;
  title: string | null;
  locale: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface CompanyAddressRecord {
  id: number;
  recipient: string | null;
  firstName: string | null;
  lastName: string | null;
  address1: string;
  address2: string | null;
  city: string;
  province: string | null;
  zip: string;
  countryCode: string;
  phone: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface CompanyLocationRecord {
  id: number;
  companyId: number;
  name: string;
  note: string | null;
  externalId: string | null;
  phone: string | null;
  locale: string | null;
  billingAddress: CompanyAddressRecord | null;
  shippingAddress: CompanyAddressRecord | null;
  /** Who may order for this location, and as what. */
  assignments: { id: number; contactId: number; roleId: number; createdAt: string }[];
  metafields: MetafieldRecord[];
  createdAt: string;
  updatedAt: string;
}

export interface CustomerMergeRecord {
  /** The UUID in `gid://shopify/Job/…`. */
  jobId: string;
  keptId: number;
  deletedId: number;
  status: "COMPLETED" | "FAILED";
  errors: { errorFields: string[]; message: string }[];
  at: string;
}

/** When a marketing consent was last given or taken back, and how. */
export interface ConsentChangeRecord {
  optInLevel: "SINGLE_OPT_IN" | "CONFIRMED_OPT_IN" | "UNKNOWN" | null;
  updatedAt: string | null;
}

/** The app's one pixel in the shop, once it was switched on. */
export interface WebPixelRecord {
  id: number;
  clientId: string;
  settings: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
}

export interface MetafieldDefinitionRecord {
  id: number;
  ownerType: string;
  namespace: string;
  key: string;
  name: string;
  description: string | null;
  type: string;
  pinnedPosition: number | null;
  /** As in `MetafieldAccess`: who else may read or write. */
  access: { admin: string | null; storefront: string | null; customerAccount: string };
}
