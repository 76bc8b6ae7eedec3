import type { CustomerRecord } from "../../records";

/** Minor units as written in the admin: `1999, "EUR"` → `€19.99`. */
export function money(minor: number, currency: string): string {
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 100);
}

/** An ISO time in the shop's time zone: `Nov 21, 2026, 8:12 PM`. */
export function time(iso: string | null, timeZone: string): string {
  if (!iso) return "—";
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(iso));
}

/** `PARTIALLY_REFUNDED` → `Partially refunded` */
export function words(state: string): string {
  const lower = state.toLowerCase().replaceAll("_", " ");
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** A customer's name, else what else is known of them. */
export function customerName(customer: CustomerRecord | null): string {
  if (!customer) return "No customer";
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ");
  return name || customer.email || customer.phone || `Customer ${customer.id}`;
}

/** `1 item`, `3 items` */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
