import type { Request } from "express";
import { deleteCompany, removeContact, saveCompany, saveContact, saveLocation } from "../../b2b/change-company";
import type { CompanyRecord } from "../../records-people";
import type { World } from "../../world";
import type { On } from "../customers/customer-actions";
import type { Visit } from "../visit";

/** The buttons of a company's page. Each change is one transaction with its webhooks. */
export function companyActions(world: World, on: On): void {
  const change = (path: string, work: (visit: Visit, request: Request, company: CompanyRecord) => boolean): void =>
    on(`/companies/:id${path}`, (visit, request) =>
      visit.shop.transaction(() => {
        const company = visit.shop.get("company", Number(request.params.id));
        if (!company || !work(visit, request, company)) return null;
        return `${visit.base}/companies${visit.shop.get("company", company.id) ? `/${company.id}` : ""}`;
      }),
    );
  const text = (value: unknown): string | null => String(value ?? "").trim() || null;

  change("", ({ shop }, { body }, company) => {
    const name = text(body.name) ?? company.name;
    saveCompany(world, shop, { ...company, name, note: text(body.note), externalId: text(body.externalId) }, "update");
    return true;
  });

  change("/delete", ({ shop }, _request, company) => {
    deleteCompany(world, shop, company);
    return true;
  });

  change("/contacts", ({ shop }, { body }, company) => {
    const customer = shop.get("customer", Number(body.customer));
    if (!customer) return false;
    const now = world.clock().toISOString();
    const contact = {
      id: shop.newId("companyContact"),
      companyId: company.id,
      customerId: customer.id,
      title: null,
      locale: customer.locale,
      createdAt: now,
      updatedAt: now,
    };
    saveContact(world, shop, contact, "create");
    return true;
  });

  change("/contacts/:contact", ({ shop }, { body, params }, company) => {
    const contact = shop.get("companyContact", Number(params.contact));
    if (contact?.companyId !== company.id) return false;
    saveContact(world, shop, { ...contact, title: text(body.title) }, "update");
    return true;
  });

  change("/contacts/:contact/main", ({ shop }, { params }, company) => {
    const contact = shop.get("companyContact", Number(params.contact));
    if (contact?.companyId !== company.id) return false;
    saveCompany(world, shop, { ...company, mainContactId: contact.id }, "update");
    return true;
  });

  change("/contacts/:contact/remove", ({ shop }, { params }, company) => {
    const contact = shop.get("companyContact", Number(params.contact));
    if (contact?.companyId !== company.id) return false;
    removeContact(world, shop, contact);
    return true;
  });

  change("/locations/:location", ({ shop }, { body, params }, company) => {
    const location = shop.get("companyLocation", Number(params.location));
    if (location?.companyId !== company.id) return false;
    const name = text(body.name) ?? location.name;
    saveLocation(world, shop, { ...location, name, phone: text(body.phone) }, "update");
    return true;
  });
}
