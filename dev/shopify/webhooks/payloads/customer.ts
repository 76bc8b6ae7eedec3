import { type AddressRecord, type CustomerRecord, gid } from "../../records";
import type { ShopStore } from "../../store";
import { addressPayload, countryName, zoned } from "./forms";

/**
 * `customers/create|update`. Tags, consents, counts and sums of orders left this payload in API version 2025-01:
 * topics of their own tell of them
 * (https://shopify.dev/changelog/new-customer-s-webhook-and-changes-to-existing-customer-s-webhooks-payload).
 */
export function customerPayload(shop: ShopStore, customer: Readonly<CustomerRecord>) {
  return {
    ...customerPart(shop, customer),
    addresses: customer.addresses.map((address) => customerAddress(customer, address)),
  };
}

/** `customers/delete`. */
export function customerDeletedPayload(customer: Readonly<CustomerRecord>) {
  return {
    id: customer.id,
    tax_exemptions: [],
    admin_graphql_api_id: gid("Customer", customer.id),
  };
}

/** The customer inside an order, a draft or a checkout; null for a guest or one that is gone. */
export function customerPartOf(shop: ShopStore, customerId: number | null) {
  const customer = customerId === null ? null : shop.get("customer", customerId);
  return customer ? customerPart(shop, customer) : null;
}

function customerPart(shop: ShopStore, customer: Readonly<CustomerRecord>) {
  const settings = shop.settings();
  const main = customer.addresses.find((address) => address.id === customer.defaultAddressId);
  return {
    id: customer.id,
    email: customer.email,
    created_at: zoned(customer.createdAt, settings),
    updated_at: zoned(customer.updatedAt, settings),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state.toLowerCase(),
    note: customer.note,
    verified_email: customer.verifiedEmail,
    multipass_identifier: null,
    tax_exempt: customer.taxExempt,
    phone: customer.phone,
    currency: settings.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid("Customer", customer.id),
    ...(main ? { default_address: customerAddress(customer, main) } : {}),
  };
}

function customerAddress(customer: Readonly<CustomerRecord>, address: AddressRecord) {
  const { latitude: _latitude, longitude: _longitude, ...rest } = addressPayload(address) ?? {};
  return {
    id: address.id,
    customer_id: customer.id,
    ...rest,
    country_name: countryName(address.countryCode),
    default: address.id === customer.defaultAddressId,
  };
}
