import type { DiscountRecord, LineRecord, ShippingLineRecord, TotalsRecord } from "../records";
import { DISCOUNT_CODES } from "./discount-codes";

/** What a discount takes off `amount` minor units; never more than the amount. */
export function discountOn(amount: number, discount: DiscountRecord | null, units = 1): number {
  if (!discount) return 0;
  const off =
    discount.valueType === "PERCENTAGE" ? Math.round((amount * discount.value) / 100) : discount.value * units;
  return Math.min(amount, Math.max(0, Math.round(off)));
}

/** The price of one unit after the line's own discount; a fixed amount is off each unit. */
export function unitPrice(line: LineRecord): number {
  return line.price - discountOn(line.price, line.discount);
}

/**
 * The price of all units of a line after the line's own discount, in minor units.
 * A percentage is rounded once for the line; a fixed amount is off each unit.
 */
export function linePrice(line: LineRecord): number {
  const full = line.price * line.quantity;
  return full - discountOn(full, line.discount, line.quantity);
}

/**
 * The totals of a cart, checkout, draft or order. Taxes are added to prices (`taxesIncluded` is
 * false in both shops) and fall on taxable lines after the order's discount is spread over all lines.
 * `discount` is what the order discount and the codes take off; `shipping` is after a code that
 * pays the shipping.
 */
export function totalsOf(input: {
  lines: LineRecord[];
  orderDiscount: DiscountRecord | null;
  shippingLine: ShippingLineRecord | null;
  discountCodes?: string[];
  taxRate: number;
  taxExempt?: boolean;
}): TotalsRecord {
  const subtotal = input.lines.reduce((sum, line) => sum + linePrice(line), 0);
  let discount = discountOn(subtotal, input.orderDiscount);
  let shipping = input.shippingLine?.price ?? 0;
  for (const code of input.discountCodes ?? []) {
    const rule = DISCOUNT_CODES[code.toUpperCase()];
    if (!rule || subtotal < rule.minimumSubtotal) continue;
    if (rule.freeShipping) shipping = 0;
    if (rule.discount) discount += discountOn(subtotal - discount, rule.discount);
  }
  const rest = subtotal === 0 ? 0 : (subtotal - discount) / subtotal;
  const taxable = input.lines.reduce((sum, line) => sum + (line.taxable ? linePrice(line) : 0), 0);
  const tax = input.taxExempt ? 0 : Math.round(taxable * rest * input.taxRate);
  return { subtotal, discount, shipping, tax, total: subtotal - discount + shipping + tax };
}

/** Minor units as Shopify writes money: 1999 → "19.99", 50 → "0.50". Both shops' currencies have two decimals. */
export function decimal(minor: number): string {
  const sign = minor < 0 ? "-" : "";
  const digits = String(Math.abs(Math.round(minor))).padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "19.99" or 19.99 → 1999; null when it is no number. */
export function minorUnits(amount: string | number): number | null {
  const text = String(amount).trim();
  if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
  return Math.round(Number(text) * 100);
}
