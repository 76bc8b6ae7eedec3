import type {
  CompanyRecordContactFragment,
  CompanyRecordFragment,
  CompanyRecordLocationFragment,
} from "~/shopify/queries/generated";
import { gidOf, nodesOf, textOf, textOrNull, timeOf } from "./mirror/read";

export interface CompanyContactKept {
  /** gid://shopify/CompanyContact/… */
  id: string;
  /** gid://shopify/Customer/…: who they are stands in `shopify_customer`. */
  customerId: string | null;
  title: string | null;
  main: boolean;
}

export interface CompanyLocationKept {
  /** gid://shopify/CompanyLocation/… */
  id: string;
  name: string;
  externalId: string | null;
}

/** What is kept of a company that buys: the columns of `shopify_company`. */
export interface CompanyKept {
  /** gid://shopify/Company/… */
  id: string;
  name: string;
  externalId: string | null;
  contacts: CompanyContactKept[];
  locations: CompanyLocationKept[];
  createdAt: Date;
  updatedAt: Date;
}

export type CompanyNode = CompanyRecordFragment & {
  contacts: { edges: { node: CompanyRecordContactFragment }[] };
  locations: { edges: { node: CompanyRecordLocationFragment }[] };
};

/** A company as the Admin API tells it, as it is kept. Throws Malformed. */
export function companyOf(node: CompanyNode): CompanyKept {
  return {
    id: gidOf(node.id, "Company"),
    name: textOf(node.name, "name"),
    externalId: textOrNull(node.externalId),
    contacts: nodesOf(node.contacts).map((contact) => ({
      id: gidOf(contact.id, "CompanyContact"),
      customerId: contact.customer ? gidOf(contact.customer.id, "Customer") : null,
      title: textOrNull(contact.title),
      main: contact.isMainContact === true,
    })),
    locations: nodesOf(node.locations).map((location) => ({
      id: gidOf(location.id, "CompanyLocation"),
      name: textOf(location.name, "a location's name"),
      externalId: textOrNull(location.externalId),
    })),
    createdAt: timeOf(node.createdAt, "createdAt"),
    updatedAt: timeOf(node.updatedAt, "updatedAt"),
  };
}
