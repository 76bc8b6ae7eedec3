import type { Order } from "../admin-api/engine/pages";
import type { Searchable } from "../admin-api/search/match";
import { displayName } from "../commerce/customers";
import type { CustomerRecord, OrderRecord } from "../records";
import type { CompanyContactRecord, CompanyLocationRecord, CompanyRecord } from "../records-people";
import type { ShopStore } from "../store";

export function contactsOf(shop: ShopStore, companyId: number): Readonly<CompanyContactRecord>[] {
  return shop.all("companyContact").filter((each) => each.companyId === companyId);
}

export function locationsOf(shop: ShopStore, companyId: number): Readonly<CompanyLocationRecord>[] {
  return shop.all("companyLocation").filter((each) => each.companyId === companyId);
}

/** Orders that were placed for any of the company's locations. */
export function companyOrders(shop: ShopStore, companyId: number): Readonly<OrderRecord>[] {
  const locations = new Set(locationsOf(shop, companyId).map((each) => each.id));
  return shop.all("order").filter((order) => order.companyLocationId && locations.has(order.companyLocationId));
}

/** Minor units that were paid for these orders and not given back. */
export function spentOn(orders: readonly Readonly<OrderRecord>[]): number {
  return orders
    .filter((order) => !order.cancelledAt && !["PENDING", "VOIDED"].includes(order.financialStatus))
    .reduce((sum, order) => sum + order.totals.total - order.refunded, 0);
}

export function customerOf(shop: ShopStore, contact: Readonly<CompanyContactRecord>): CustomerRecord | null {
  return shop.get("customer", contact.customerId);
}

/** Filters of `companies(query:)`. */
export const companySearch: Searchable<Readonly<CompanyRecord>> = {
  name: "QueryRoot.companies",
  anywhere: (company) => [company.name, company.externalId, company.note],
  fields: {
    id: { type: "number", of: (company) => company.id },
    name: { type: "text", of: (company) => company.name },
    external_id: { type: "exact", of: (company) => company.externalId },
    created_at: { type: "time", of: (company) => company.createdAt },
    updated_at: { type: "time", of: (company) => company.updatedAt },
    since_date: { type: "time", of: (company) => company.customerSince },
  },
};

/** How `companies(sortKey:)` sorts. */
export function companyOrder(shop: ShopStore, sortKey: unknown): Order<Readonly<CompanyRecord>> {
  const id = (company: Readonly<CompanyRecord>) => company.id;
  switch (sortKey) {
    case "NAME":
      return { id, value: (company) => company.name.toLowerCase() };
    case "CREATED_AT":
      return { id, value: (company) => company.createdAt };
    case "UPDATED_AT":
      return { id, value: (company) => company.updatedAt };
    case "SINCE_DATE":
      return { id, value: (company) => company.customerSince };
    case "ORDER_COUNT":
      return { id, value: (company) => companyOrders(shop, company.id).length };
    case "TOTAL_SPENT":
      return { id, value: (company) => spentOn(companyOrders(shop, company.id)) };
    default:
      return { id, value: id };
  }
}

/** Filters of a company's `contacts(query:)`. */
export function contactSearch(shop: ShopStore): Searchable<Readonly<CompanyContactRecord>> {
  const named = (contact: Readonly<CompanyContactRecord>) => {
    const customer = customerOf(shop, contact);
    return customer ? displayName(customer) : "";
  };
  return {
    name: "Company.contacts",
    anywhere: (contact) => [named(contact), customerOf(shop, contact)?.email, contact.title],
    fields: {
      id: { type: "number", of: (contact) => contact.id },
      company_id: { type: "number", of: (contact) => contact.companyId },
      name: { type: "text", of: named },
      email: { type: "exact", of: (contact) => customerOf(shop, contact)?.email },
      created_at: { type: "time", of: (contact) => contact.createdAt },
      updated_at: { type: "time", of: (contact) => contact.updatedAt },
    },
  };
}

/** How a company's `contacts(sortKey:)` sorts. */
export function contactOrder(shop: ShopStore, sortKey: unknown): Order<Readonly<CompanyContactRecord>> {
  const id = (contact: Readonly<CompanyContactRecord>) => contact.id;
  const customer = (contact: Readonly<CompanyContactRecord>) => customerOf(shop, contact);
  switch (sortKey) {
    case "COMPANY_ID":
      return { id, value: (contact) => contact.companyId };
    case "CREATED_AT":
      return { id, value: (contact) => contact.createdAt };
    case "UPDATED_AT":
      return { id, value: (contact) => contact.updatedAt };
    case "EMAIL":
      return { id, value: (contact) => customer(contact)?.email ?? "" };
    case "NAME":
    case "NAME_EMAIL":
      return { id, value: (contact) => `${customer(contact)?.lastName ?? ""} ${customer(contact)?.firstName ?? ""}` };
    case "TITLE":
      return { id, value: (contact) => contact.title ?? "" };
    default:
      return { id, value: id };
  }
}

/** Filters of `companyLocations(query:)` and of a company's `locations(query:)`. */
export const locationSearch: Searchable<Readonly<CompanyLocationRecord>> = {
  name: "QueryRoot.companyLocations",
  anywhere: (location) => [location.name, location.externalId, location.shippingAddress?.city],
  fields: {
    id: { type: "number", of: (location) => location.id },
    ids: { type: "exact", of: (location) => String(location.id) },
    company_id: { type: "number", of: (location) => location.companyId },
    name: { type: "text", of: (location) => location.name },
    external_id: { type: "exact", of: (location) => location.externalId },
    created_at: { type: "time", of: (location) => location.createdAt },
    updated_at: { type: "time", of: (location) => location.updatedAt },
  },
};

/** How locations are sorted. */
export function locationOrder(shop: ShopStore, sortKey: unknown): Order<Readonly<CompanyLocationRecord>> {
  const id = (location: Readonly<CompanyLocationRecord>) => location.id;
  switch (sortKey) {
    case "COMPANY_ID":
      return { id, value: (location) => location.companyId };
    case "CREATED_AT":
      return { id, value: (location) => location.createdAt };
    case "UPDATED_AT":
      return { id, value: (location) => location.updatedAt };
    case "NAME":
      return { id, value: (location) => location.name.toLowerCase() };
    case "COMPANY_AND_LOCATION_NAME":
      return {
        id,
        value: (location) => `${shop.get("company", location.companyId)?.name ?? ""} ${location.name}`.toLowerCase(),
      };
    default:
      return { id, value: id };
  }
}
