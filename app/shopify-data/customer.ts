import type { CustomerRecordFragment } from "~/shopify/queries/generated";
import {
  currencyOf,
  gidOf,
  minorOf,
  textOrNull,
  textsOf,
  timeOf,
  timeOrNull,
  wholeOf,
  wordOf,
  wordOrNull,
} from "./mirror/read";

/** What is kept of a customer of Shopify's: the columns of `shopify_customer` without those that the keeper computes. */
export interface CustomerKept {
  /** gid://shopify/Customer/… */
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  tags: string[];
  /** enabled | disabled | invited | declined */
  state: string;
  emailVerified: boolean;
  /** subscribed | unsubscribed | pending | not_subscribed | …; null without an address. */
  emailMarketing: string | null;
  emailMarketingUpdatedAt: Date | null;
  smsMarketing: string | null;
  smsMarketingUpdatedAt: Date | null;
  orderCount: number;
  /** Minor units of `currency`. */
  spent: number;
  currency: string;
  createdAt: Date;
  updatedAt: Date;
}

export type CustomerNode = CustomerRecordFragment;

/** A customer as the Admin API tells it, as it is kept. Throws Malformed. */
export function customerOf(node: CustomerNode): CustomerKept {
  const { defaultEmailAddress: address, defaultPhoneNumber: number } = node;
  const currency = currencyOf(node.amountSpent?.currencyCode);
  return {
    id: gidOf(node.id, "Customer"),
    firstName: textOrNull(node.firstName),
    lastName: textOrNull(node.lastName),
    email: textOrNull(address?.emailAddress),
    phone: textOrNull(number?.phoneNumber),
    locale: textOrNull(node.locale),
    tags: textsOf(node.tags),
    state: wordOf(node.state, "state"),
    emailVerified: node.verifiedEmail === true,
    emailMarketing: wordOrNull(address?.marketingState),
    emailMarketingUpdatedAt: timeOrNull(address?.marketingUpdatedAt, "the consent's time"),
    smsMarketing: wordOrNull(number?.marketingState),
    smsMarketingUpdatedAt: timeOrNull(number?.marketingUpdatedAt, "the consent's time"),
    orderCount: wholeOf(node.numberOfOrders, "numberOfOrders"),
    spent: minorOf(node.amountSpent.amount, currency, "amountSpent"),
    currency,
    createdAt: timeOf(node.createdAt, "createdAt"),
    updatedAt: timeOf(node.updatedAt, "updatedAt"),
  };
}
