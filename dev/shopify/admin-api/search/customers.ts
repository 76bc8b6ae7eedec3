import { displayName, purchasesOf } from "../../commerce/customers";
import type { CustomerRecord } from "../../records";
import type { ShopStore } from "../../store";
import { countryName } from "../../webhooks/payloads/forms";
import { notImplemented } from "../engine/errors";
import type { Order } from "../engine/pages";
import type { Searchable } from "./match";

/** Filters of `customers(query:)`. */
export function customerSearch(shop: ShopStore): Searchable<Readonly<CustomerRecord>> {
  return {
    name: "QueryRoot.customers",
    anywhere: (customer) => [displayName(customer), customer.email, customer.phone, ...customer.tags],
    fields: {
      id: { type: "number", of: (customer) => customer.id },
      email: { type: "exact", of: (customer) => customer.email },
      phone: { type: "exact", of: (customer) => customer.phone },
      first_name: { type: "text", of: (customer) => customer.firstName },
      last_name: { type: "text", of: (customer) => customer.lastName },
      tag: { type: "exact", of: (customer) => customer.tags },
      state: { type: "exact", of: (customer) => customer.state },
      country: {
        type: "exact",
        of: (customer) => customer.addresses.flatMap(({ countryCode }) => [countryCode, countryName(countryCode)]),
      },
      accepts_marketing: { type: "boolean", of: (customer) => customer.emailMarketingState === "SUBSCRIBED" },
      customer_date: { type: "time", of: (customer) => customer.createdAt },
      updated_at: { type: "time", of: (customer) => customer.updatedAt },
      orders_count: { type: "number", of: (customer) => purchasesOf(shop, customer.id).orders },
      total_spent: { type: "number", of: (customer) => purchasesOf(shop, customer.id).spent / 100 },
      order_date: { type: "time", of: (customer) => purchasesOf(shop, customer.id).lastOrder?.processedAt ?? null },
    },
  };
}

/** How `customers(sortKey:)` sorts. */
export function customerOrder(sortKey: unknown): Order<Readonly<CustomerRecord>> {
  const id = (customer: Readonly<CustomerRecord>) => customer.id;
  switch (sortKey) {
    case "ID":
    case "RELEVANCE":
    case undefined:
      return { id, value: id };
    case "NAME":
      return { id, value: (customer) => `${customer.lastName ?? ""}, ${customer.firstName ?? ""}` };
    case "CREATED_AT":
      return { id, value: (customer) => customer.createdAt };
    case "UPDATED_AT":
      return { id, value: (customer) => customer.updatedAt };
    default:
      throw notImplemented(`CustomerSortKeys.${String(sortKey)}`);
  }
}
