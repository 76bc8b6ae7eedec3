import type { FilterImplOptions } from "liquidjs";
import { stateOf } from "../state";

const symbols: Record<string, string> = { EUR: "€", USD: "$", GBP: "£", JPY: "¥" };

/** `money_format` of a shop's settings, such as `€{{amount}}`. */
export function moneyFormat(currency: string): string {
  const symbol = symbols[currency];
  return symbol ? `${symbol}{{amount}}` : `{{amount}} ${currency}`;
}

/** 123450 minor units → `1,234.50` */
function amount(minor: number): string {
  const sign = minor < 0 ? "-" : "";
  const digits = String(Math.abs(Math.round(minor))).padStart(3, "0");
  return `${sign}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}

/** An amount in words of money, without markup: `€1,234.50`. Nothing gives nothing. */
export function money(minor: unknown, currency: string): string {
  if (isNothing(minor)) return "";
  return moneyFormat(currency).replace("{{amount}}", amount(Number(minor)));
}

/** Liquid's `nil` is an object whose value is null. */
function isNothing(value: unknown): boolean {
  const plain = value === null || value === undefined ? null : value.valueOf();
  return plain === null || plain === "";
}

export const moneyFilters: Record<string, FilterImplOptions> = {
  money(value: unknown) {
    return money(value, stateOf(this.context).visit.settings.currency);
  },
  money_with_currency(value: unknown) {
    const { currency } = stateOf(this.context).visit.settings;
    return isNothing(value) ? "" : `${money(value, currency)} ${currency}`;
  },
  money_without_currency(value: unknown) {
    return isNothing(value) ? "" : amount(Number(value));
  },
  money_without_trailing_zeros(value: unknown) {
    return money(value, stateOf(this.context).visit.settings.currency).replace(/\.00\b/, "");
  },
};
