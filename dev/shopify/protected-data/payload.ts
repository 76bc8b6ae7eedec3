import type { ShopRecord } from "../records";
import { type Datum, type Refused, refusedIn } from "./data";

/** Topics whose payload is about customers; without level 1 an app can neither subscribe nor hear of them. */
const ABOUT_CUSTOMERS =
  /^(customers|customers_\w+|customer|orders|draft_orders|checkouts|refunds|returns|reverse_\w+|order_transactions|fulfillments|fulfillment_\w+|company_contacts|company_contact_roles)[/.]/;
/** Laws require these, whatever the review says. */
const COMPLIANCE = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

const KEYS: Readonly<Record<Datum, readonly string[]>> = {
  name: ["first_name", "last_name", "recipient"],
  email: ["email", "contact_email", "email_address"],
  phone: ["phone", "phone_number", "sms_marketing_phone"],
  address: ["address1", "address2", "zip", "latitude", "longitude"],
};

/** Whether the topic carries protected customer data. */
export function isAboutCustomers(topic: string): boolean {
  return ABOUT_CUSTOMERS.test(topic) && !COMPLIANCE.has(topic);
}

/**
 * A webhook's payload as the review lets the app have it: data that are not approved are null wherever they
 * stand, the shape stays. Null when the app may not hear of the topic at all.
 */
export function approvedPayload(settings: ShopRecord, topic: string, payload: object): object | null {
  const refused = refusedIn(settings);
  if (!isAboutCustomers(topic) && !/^company_locations\//.test(topic)) return payload;
  if (refused.everything) return isAboutCustomers(topic) ? null : payload;
  return refused.data.length === 0 ? payload : (without(payload, refused) as object);
}

function without(value: unknown, refused: Refused): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, refused));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  // An address is known by its keys: elsewhere `name` is an order's or a line's.
  const isAddress = "address1" in value;
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      const gone = refused.data.some(
        (datum) => KEYS[datum].includes(key) || (datum === "name" && isAddress && key === "name"),
      );
      return [key, gone && typeof inner !== "object" ? null : without(inner, refused)];
    }),
  );
}
