import { normaliseEmail, normalisePhone } from "~/customers/normalise";

/** The address as it is matched, or null for none. */
export function emailKey(email: string | null): string | null {
  return email === null ? null : normaliseEmail(email);
}

/** The number as it is matched, or null for none. Shopify keeps numbers with their country's code. */
export function phoneKey(phone: string | null): string | null {
  return phone === null ? null : normalisePhone(phone, null);
}
