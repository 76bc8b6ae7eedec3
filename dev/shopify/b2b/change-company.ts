import type { CompanyContactRecord, CompanyLocationRecord, CompanyRecord } from "../records-people";
import type { ShopStore } from "../store";
import { companyContactPayload, companyLocationPayload, companyPayload } from "../webhooks/payloads/company";
import { publish } from "../webhooks/publish";
import type { World } from "../world";
import { contactsOf, locationsOf } from "./company-parts";

type Change = "create" | "update";

/** Saves a company as it is given, and tells the app. */
export function saveCompany(world: World, shop: ShopStore, company: CompanyRecord, change: Change): CompanyRecord {
  const saved = { ...company, updatedAt: world.clock().toISOString() };
  shop.put("company", saved.id, saved);
  publish(world, shop, `companies/${change}`, companyPayload(shop, saved));
  return saved;
}

/** Saves a contact. The company counts as updated too: only through it does the Admin API find changed contacts. */
export function saveContact(world: World, shop: ShopStore, contact: CompanyContactRecord, change: Change): void {
  const company = touch(world, shop, contact.companyId);
  const saved = { ...contact, updatedAt: world.clock().toISOString() };
  shop.put("companyContact", saved.id, saved);
  publish(world, shop, `company_contacts/${change}`, companyContactPayload(shop, company, saved));
}

/** Saves a location; the company counts as updated too. */
export function saveLocation(world: World, shop: ShopStore, location: CompanyLocationRecord, change: Change): void {
  const company = touch(world, shop, location.companyId);
  const saved = { ...location, updatedAt: world.clock().toISOString() };
  shop.put("companyLocation", saved.id, saved);
  publish(world, shop, `company_locations/${change}`, companyLocationPayload(shop, company, saved));
}

/** Takes a contact out of the company; the customer stays. */
export function removeContact(world: World, shop: ShopStore, contact: Readonly<CompanyContactRecord>): void {
  const company = touch(world, shop, contact.companyId);
  for (const location of locationsOf(shop, company.id)) {
    const assignments = location.assignments.filter((each) => each.contactId !== contact.id);
    if (assignments.length < location.assignments.length) {
      shop.put("companyLocation", location.id, { ...location, assignments });
    }
  }
  shop.delete("companyContact", contact.id);
  publish(world, shop, "company_contacts/delete", companyContactPayload(shop, company, contact));
  if (company.mainContactId === contact.id) saveCompany(world, shop, { ...company, mainContactId: null }, "update");
}

/** Deletes a company with its contacts and locations; orders and customers stay. */
export function deleteCompany(world: World, shop: ShopStore, company: Readonly<CompanyRecord>): void {
  for (const contact of contactsOf(shop, company.id)) {
    shop.delete("companyContact", contact.id);
    publish(world, shop, "company_contacts/delete", companyContactPayload(shop, company, contact));
  }
  for (const location of locationsOf(shop, company.id)) {
    shop.delete("companyLocation", location.id);
    publish(world, shop, "company_locations/delete", companyLocationPayload(shop, company, location));
  }
  shop.delete("company", company.id);
  publish(world, shop, "companies/delete", companyPayload(shop, company));
}

function touch(world: World, shop: ShopStore, companyId: number): CompanyRecord {
  const company = shop.get("company", companyId);
  if (!company) throw new Error(`the shop ${shop.domain} has no company ${companyId}`);
  const touched = { ...company, updatedAt: world.clock().toISOString() };
  shop.put("company", companyId, touched);
  return touched;
}
