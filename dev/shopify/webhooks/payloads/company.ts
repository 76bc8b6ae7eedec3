import { gid } from "../../records";
import type {
  CompanyAddressRecord,
  CompanyContactRecord,
  CompanyLocationRecord,
  CompanyRecord,
} from "../../records-people";
import type { ShopStore } from "../../store";
import { countryName, provinceCode, zoned } from "./forms";

/** `companies/create|update|delete`: no numeric id, only the global one. */
export function companyPayload(shop: ShopStore, company: Readonly<CompanyRecord>) {
  const settings = shop.settings();
  return {
    name: company.name,
    note: company.note,
    external_id: company.externalId,
    main_contact_admin_graphql_api_id:
      company.mainContactId === null ? null : gid("CompanyContact", company.mainContactId),
    created_at: zoned(company.createdAt, settings),
    updated_at: zoned(company.updatedAt, settings),
    customer_since: zoned(company.customerSince, settings),
    admin_graphql_api_id: gid("Company", company.id),
  };
}

/** `company_contacts/create|update|delete`. */
export function companyContactPayload(
  shop: ShopStore,
  company: Readonly<CompanyRecord>,
  contact: Readonly<CompanyContactRecord>,
) {
  const settings = shop.settings();
  return {
    customer_admin_graphql_api_id: gid("Customer", contact.customerId),
    title: contact.title,
    locale: contact.locale,
    created_at: zoned(contact.createdAt, settings),
    updated_at: zoned(contact.updatedAt, settings),
    admin_graphql_api_id: gid("CompanyContact", contact.id),
    company: companyPayload(shop, company),
  };
}

/** `company_locations/create|update|delete`. */
export function companyLocationPayload(
  shop: ShopStore,
  company: Readonly<CompanyRecord>,
  location: Readonly<CompanyLocationRecord>,
) {
  const settings = shop.settings();
  const address = (record: CompanyAddressRecord | null) => record && addressOf(shop, company, record);
  return {
    name: location.name,
    external_id: location.externalId,
    phone: location.phone,
    locale: location.locale,
    created_at: zoned(location.createdAt, settings),
    updated_at: zoned(location.updatedAt, settings),
    note: location.note,
    buyer_experience_configuration: null,
    admin_graphql_api_id: gid("CompanyLocation", location.id),
    tax_exemptions: [],
    tax_settings: { tax_registration_id: null, tax_exempt: false, tax_exemptions: [] },
    company: companyPayload(shop, company),
    billing_address: address(location.billingAddress),
    shipping_address: address(location.shippingAddress),
    tax_registration: null,
  };
}

function addressOf(shop: ShopStore, company: Readonly<CompanyRecord>, record: CompanyAddressRecord) {
  const settings = shop.settings();
  return {
    address1: record.address1,
    city: record.city,
    province: record.province,
    country: countryName(record.countryCode),
    zip: record.zip,
    recipient: record.recipient,
    first_name: record.firstName,
    last_name: record.lastName,
    address2: record.address2,
    phone: record.phone,
    zone_code: provinceCode(record.province),
    country_code: record.countryCode,
    created_at: zoned(record.createdAt, settings),
    updated_at: zoned(record.updatedAt, settings),
    admin_graphql_api_id: gid("CompanyAddress", record.id),
    company_admin_graphql_api_id: gid("Company", company.id),
  };
}
