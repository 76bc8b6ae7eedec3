import { displayName, ordersOf, purchasesOf } from "../../commerce/customers";
import { type CustomerRecord, gid } from "../../records";
import type { ConsentChangeRecord } from "../../records-people";
import { type AdminContext, type Arguments, same, type Types } from "../engine/context";
import { paginate, paginateInOrder } from "../engine/pages";
import { search } from "../search/match";
import { orderOrder, orderSearch } from "../search/orders";
import { companyContactProfiles } from "./company";
import { mergeableField } from "./customer-merge";
import { metafieldFields } from "./metafield";
import { money } from "./money";
import { visibleOrder, visibleOrders } from "./visible-orders";

export const customerTypes: Types = {
  Customer: {
    ...same<CustomerRecord>(
      "firstName",
      "lastName",
      "email",
      "phone",
      "locale",
      "tags",
      "note",
      "verifiedEmail",
      "taxExempt",
      "state",
      "createdAt",
      "updatedAt",
    ),
    id: (customer: CustomerRecord) => gid("Customer", customer.id),
    legacyResourceId: (customer: CustomerRecord) => String(customer.id),
    displayName: (customer: CustomerRecord) => displayName(customer),
    defaultEmailAddress: (customer: CustomerRecord) => (customer.email ? customer : null),
    defaultPhoneNumber: (customer: CustomerRecord) => (customer.phone ? customer : null),
    validEmailAddress: (customer: CustomerRecord) => Boolean(customer.email),
    emailMarketingConsent: (customer: CustomerRecord) =>
      customer.email ? { state: customer.emailMarketingState, change: customer.emailConsent } : null,
    smsMarketingConsent: (customer: CustomerRecord) =>
      customer.phone ? { state: customer.smsMarketingState, change: customer.smsConsent } : null,
    defaultAddress: (customer: CustomerRecord) =>
      customer.addresses.find((address) => address.id === customer.defaultAddressId) ?? null,
    addresses: (customer: CustomerRecord, args: Arguments) =>
      customer.addresses.slice(0, typeof args.first === "number" ? args.first : undefined),
    addressesV2: (customer: CustomerRecord, args: Arguments) => paginateInOrder(customer.addresses, args),
    taxExemptions: () => [],
    multipassIdentifier: () => null,
    dataSaleOptOut: () => false,
    canDelete: (customer: CustomerRecord, _args: Arguments, { shop }: AdminContext) =>
      purchasesOf(shop, customer.id).orders === 0,
    amountSpent: (customer: CustomerRecord, _args: Arguments, { shop, settings }: AdminContext) =>
      money(purchasesOf(shop, customer.id).spent, settings.currency),
    numberOfOrders: (customer: CustomerRecord, _args: Arguments, { shop }: AdminContext) =>
      String(purchasesOf(shop, customer.id).orders),
    lastOrder: (customer: CustomerRecord, _args: Arguments, context: AdminContext) =>
      visibleOrder(context, ordersOf(context.shop, customer.id).at(-1)?.id ?? null),
    orders: (customer: CustomerRecord, args: Arguments, context: AdminContext) => {
      const theirs = visibleOrders(context).filter((order) => order.customerId === customer.id);
      const found = search(orderSearch(context.shop), theirs, args.query, context.now);
      return paginate(found, args, orderOrder(context.shop, args.sortKey));
    },
    ...mergeableField,
    ...companyContactProfiles,
    ...metafieldFields<CustomerRecord>("CUSTOMER", (customer) => customer.metafields),
  },
  CustomerEmailAddress: {
    emailAddress: (customer: CustomerRecord) => customer.email,
    marketingState: (customer: CustomerRecord) => customer.emailMarketingState,
    marketingOptInLevel: (customer: CustomerRecord) => optInLevel(customer.emailConsent, customer.emailMarketingState),
    marketingUpdatedAt: (customer: CustomerRecord) => customer.emailConsent?.updatedAt ?? null,
    openTrackingLevel: () => "UNKNOWN",
    validFormat: () => true,
    sourceLocation: () => null,
  },
  CustomerPhoneNumber: {
    phoneNumber: (customer: CustomerRecord) => customer.phone,
    marketingState: (customer: CustomerRecord) => customer.smsMarketingState,
    marketingOptInLevel: (customer: CustomerRecord) => optInLevel(customer.smsConsent, customer.smsMarketingState),
    marketingUpdatedAt: (customer: CustomerRecord) => customer.smsConsent?.updatedAt ?? null,
    marketingCollectedFrom: () => "SHOPIFY",
    sourceLocation: () => null,
  },
  CustomerSmsMarketingConsentError: same<{ field: string[]; message: string; code: string }>(
    "field",
    "message",
    "code",
  ),
  CustomerEmailMarketingConsentState: consentFields(),
  CustomerSmsMarketingConsentState: { ...consentFields(), consentCollectedFrom: () => "SHOPIFY" },
};

interface Consent {
  state: string;
  change: ConsentChangeRecord | undefined;
}

function consentFields() {
  return {
    marketingState: (consent: Consent) => consent.state,
    marketingOptInLevel: (consent: Consent) => optInLevel(consent.change, consent.state),
    consentUpdatedAt: (consent: Consent) => consent.change?.updatedAt ?? null,
    sourceLocation: () => null,
  };
}

/** Those who subscribed before anybody kept the level did it with one step. */
function optInLevel(change: ConsentChangeRecord | undefined, state: string): string {
  return change?.optInLevel ?? (state === "PENDING" ? "CONFIRMED_OPT_IN" : "SINGLE_OPT_IN");
}
