import {
  companyOrder,
  companyOrders,
  companySearch,
  contactOrder,
  contactSearch,
  contactsOf,
  locationOrder,
  locationSearch,
  locationsOf,
  spentOn,
} from "../../b2b/company-parts";
import { type CustomerRecord, gid, type OrderRecord } from "../../records";
import type { CompanyContactRecord, CompanyLocationRecord, CompanyRecord } from "../../records-people";
import type { ShopStore } from "../../store";
import { type AdminContext, type Arguments, type Fields, same, type Types } from "../engine/context";
import { paginate, paginateInOrder } from "../engine/pages";
import { search } from "../search/match";
import { orderOrder } from "../search/orders";
import { companyAddressTypes } from "./company-address";
import { type Assignment, assignmentsOf, companyRoleTypes } from "./company-roles";
import { metafieldFields } from "./metafield";
import { money } from "./money";
import { requireId } from "./node";
import { visibleOrders } from "./visible-orders";

type Company = Readonly<CompanyRecord>;
type Contact = Readonly<CompanyContactRecord>;
type Location = Readonly<CompanyLocationRecord>;

export const companyQueries: Fields<unknown> = {
  company: (_root, args, { shop }) => shop.get("company", requireId("Company", args.id)),
  companies: (_root, args, { shop, now }) => {
    const found = search(companySearch, shop.all("company"), args.query, now);
    return paginate(found, args, companyOrder(shop, args.sortKey));
  },
  companiesCount: (_root, args, { shop }) => {
    const found = shop.all("company").length;
    return typeof args.limit === "number" && found > args.limit
      ? { count: args.limit, precision: "AT_LEAST" }
      : exactly(found);
  },
  companyContact: (_root, args, { shop }) => shop.get("companyContact", requireId("CompanyContact", args.id)),
  companyLocation: (_root, args, { shop }) => shop.get("companyLocation", requireId("CompanyLocation", args.id)),
  companyLocations: (_root, args, { shop, now }) => {
    const found = search(locationSearch, shop.all("companyLocation"), args.query, now);
    return paginate(found, args, locationOrder(shop, args.sortKey));
  },
};

/** `Customer.companyContactProfiles`. */
export const companyContactProfiles: Fields<CustomerRecord> = {
  companyContactProfiles: (customer, _args, { shop }) =>
    shop.all("companyContact").filter((each) => each.customerId === customer.id),
};

/** What `purchasingEntity` is for an order that was placed for a company's location. */
export function purchasingCompanyOf(shop: ShopStore, order: Readonly<OrderRecord>) {
  const location = order.companyLocationId ? shop.get("companyLocation", order.companyLocationId) : null;
  const company = location && shop.get("company", location.companyId);
  if (!location || !company) return null;
  const contact = contactsOf(shop, company.id).find((each) => each.customerId === order.customerId) ?? null;
  return { company, contact, location };
}

export const companyTypes: Types = {
  PurchasingCompany: same<NonNullable<ReturnType<typeof purchasingCompanyOf>>>("company", "contact", "location"),
  Company: {
    ...same<CompanyRecord>("name", "note", "externalId", "createdAt", "updatedAt", "customerSince"),
    id: (company: Company) => gid("Company", company.id),
    contacts: (company: Company, args: Arguments, { shop, now }: AdminContext) => {
      const found = search(contactSearch(shop), contactsOf(shop, company.id), args.query, now);
      return paginate(found, args, contactOrder(shop, args.sortKey));
    },
    contactsCount: (company: Company, _args: Arguments, { shop }: AdminContext) =>
      exactly(contactsOf(shop, company.id).length),
    locations: (company: Company, args: Arguments, { shop, now }: AdminContext) => {
      const found = search(locationSearch, locationsOf(shop, company.id), args.query, now);
      return paginate(found, args, locationOrder(shop, args.sortKey));
    },
    locationsCount: (company: Company, _args: Arguments, { shop }: AdminContext) =>
      exactly(locationsOf(shop, company.id).length),
    mainContact: (company: Company, _args: Arguments, { shop }: AdminContext) =>
      company.mainContactId === null ? null : shop.get("companyContact", company.mainContactId),
    contactRoles: (company: Company, args: Arguments) => paginateInOrder(company.roles, args),
    defaultRole: (company: Company) => company.roles.find((role) => role.id === company.defaultRoleId) ?? null,
    orders: (company: Company, args: Arguments, context: AdminContext) => {
      const ids = new Set(companyOrders(context.shop, company.id).map((order) => order.id));
      const theirs = visibleOrders(context).filter((order) => ids.has(order.id));
      return paginate(theirs, args, orderOrder(context.shop, args.sortKey));
    },
    ordersCount: (company: Company, _args: Arguments, { shop }: AdminContext) =>
      exactly(companyOrders(shop, company.id).length),
    totalSpent: (company: Company, _args: Arguments, { shop, settings }: AdminContext) =>
      money(spentOn(companyOrders(shop, company.id)), settings.currency),
    hasTimelineComment: () => false,
    ...metafieldFields<CompanyRecord>("COMPANY", (company) => company.metafields),
  },
  CompanyContact: {
    ...same<CompanyContactRecord>("title", "locale", "createdAt", "updatedAt"),
    id: (contact: Contact) => gid("CompanyContact", contact.id),
    company: (contact: Contact, _args: Arguments, { shop }: AdminContext) => shop.get("company", contact.companyId),
    customer: (contact: Contact, _args: Arguments, { shop }: AdminContext) => shop.get("customer", contact.customerId),
    isMainContact: (contact: Contact, _args: Arguments, { shop }: AdminContext) =>
      shop.get("company", contact.companyId)?.mainContactId === contact.id,
    roleAssignments: (contact: Contact, args: Arguments, { shop }: AdminContext) =>
      assignmentPage(
        assignmentsOf(shop, contact.companyId).filter((each) => each.contactId === contact.id),
        args,
      ),
  },
  CompanyLocation: {
    ...same<CompanyLocationRecord>("name", "note", "externalId", "phone", "locale", "createdAt", "updatedAt"),
    id: (location: Location) => gid("CompanyLocation", location.id),
    company: (location: Location, _args: Arguments, { shop }: AdminContext) => shop.get("company", location.companyId),
    currency: (_location: Location, _args: Arguments, { settings }: AdminContext) => settings.currency,
    billingAddress: (location: Location) => location.billingAddress && { location, address: location.billingAddress },
    shippingAddress: (location: Location) =>
      location.shippingAddress && { location, address: location.shippingAddress },
    roleAssignments: (location: Location, args: Arguments, { shop }: AdminContext) =>
      assignmentPage(
        assignmentsOf(shop, location.companyId).filter((each) => each.location.id === location.id),
        args,
      ),
    ordersCount: (location: Location, _args: Arguments, { shop }: AdminContext) =>
      exactly(shop.all("order").filter((order) => order.companyLocationId === location.id).length),
    totalSpent: (location: Location, _args: Arguments, { shop, settings }: AdminContext) =>
      money(spentOn(shop.all("order").filter((order) => order.companyLocationId === location.id)), settings.currency),
    hasTimelineComment: () => false,
    ...metafieldFields<CompanyLocationRecord>("COMPANY_LOCATION", (location) => location.metafields),
  },
  ...companyAddressTypes,
  ...companyRoleTypes,
};

function assignmentPage(found: Assignment[], args: Arguments) {
  return paginate(found, args, { id: (each) => each.id, value: (each) => each.createdAt });
}

function exactly(count: number) {
  return { count, precision: "EXACT" };
}
