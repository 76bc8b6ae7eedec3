import { normaliseEmail } from "~/customers/normalise";

/** The address as it is matched, or null for none. */
export function emailKey(email: string | null): string | null {
  return email === null ? null : normaliseEmail(email);
}

/** The number as it is matched; Shopify gives E.164. Null for none. */
export function phoneKey(phone: string | null): string | null {
  const digits = phone?.replace(/[^\d+]/g, "") ?? "";
  return /^\+\d{6,15}$/.test(digits) ? digits : null;
}
