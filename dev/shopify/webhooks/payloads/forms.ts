import { decimal } from "../../commerce/prices";
import type { AddressRecord, AttributeRecord, ShopRecord } from "../../records";

/** `…_set`: the same amount in the shop's and the shopper's currency, which are one here. */
export function moneySet(minor: number, currency: string) {
  const money = { amount: decimal(minor), currency_code: currency };
  return { shop_money: money, presentment_money: { ...money } };
}

/** `2026-11-21T21:06:40+01:00`: REST-shaped payloads tell time in the shop's zone, whole seconds. */
export function zoned(iso: string | null, shop: ShopRecord): string | null {
  if (iso === null) return null;
  const date = new Date(iso);
  const offset = offsetMinutes(date, shop.timezone);
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Making one takes longer than a whole payload. */
const formats = new Map<string, Intl.DateTimeFormat>();
const regions = new Intl.DisplayNames(["en"], { type: "region" });

function offsetMinutes(date: Date, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  const name = format.formatToParts(date).find((part) => part.type === "timeZoneName")?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "");
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** An address as orders, drafts and checkouts carry it. */
export function addressPayload(address: AddressRecord | null) {
  if (!address) return null;
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: countryName(address.countryCode),
    last_name: address.lastName,
    address2: address.address2,
    company: address.company,
    latitude: null,
    longitude: null,
    name: `${address.firstName} ${address.lastName}`.trim(),
    country_code: address.countryCode,
    province_code: provinceCode(address.province),
  };
}

/** `DE` → `Germany`, as Shopify spells it in English. */
export function countryName(code: string): string {
  return regions.of(code) ?? code;
}

/** Seeded provinces are written as codes (`CA`, `BE`) or full names; only a code has one. */
export function provinceCode(province: string | null): string | null {
  return province && /^[A-Z0-9]{1,3}$/.test(province) ? province : null;
}

/** `note_attributes` and an order line's `properties`. */
export function pairs(attributes: readonly AttributeRecord[]): { name: string; value: string }[] {
  return attributes.map(({ key, value }) => ({ name: key, value }));
}
