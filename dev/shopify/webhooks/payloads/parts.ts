import { decimal } from "../../commerce/prices";
import { taxOf } from "../../commerce/tax";
import type { DiscountRecord, LineRecord, ShopRecord } from "../../records";
import { moneySet } from "./forms";

/** One tax line with the shop's rate, or none. */
export function taxLines(minor: number, shop: ShopRecord) {
  if (minor === 0) return [];
  const { rate, title } = taxOf(shop);
  return [{ price: decimal(minor), rate, title, price_set: moneySet(minor, shop.currency), channel_liable: false }];
}

/** Grams of all units. */
export function totalWeight(lines: readonly LineRecord[]): number {
  return lines.reduce((sum, line) => sum + line.grams * line.quantity, 0);
}

/** A draft's or its line's `applied_discount`. */
export function appliedDiscount(discount: DiscountRecord | null, taken: number) {
  if (!discount) return null;
  const value = discount.valueType === "PERCENTAGE" ? String(discount.value) : decimal(discount.value);
  return {
    description: discount.description ?? "",
    value: discount.valueType === "PERCENTAGE" && !value.includes(".") ? `${value}.0` : value,
    title: discount.title ?? "",
    amount: decimal(taken),
    value_type: discount.valueType.toLowerCase(),
  };
}
