import { linePrice } from "../../commerce/prices";
import type { LineRecord, ShippingLineRecord, ShopRecord } from "../../records";

/** The shipping choices of a shop for these lines; none when nothing has to be shipped. Minor units. */
export function shippingRates(shop: ShopRecord, lines: readonly LineRecord[]): ShippingLineRecord[] {
  if (!lines.some((line) => line.requiresShipping)) return [];
  const subtotal = lines.reduce((sum, line) => sum + linePrice(line), 0);
  if (shop.currency === "USD") {
    return [
      { title: "Ground (3–6 days)", price: subtotal >= 15000 ? 0 : 895, code: "ground" },
      { title: "Two-day express", price: 2400, code: "express" },
    ];
  }
  return [
    { title: "Standard (2–5 days)", price: subtotal >= 10000 ? 0 : 590, code: "standard" },
    { title: "Express (next day)", price: 1490, code: "express" },
  ];
}
