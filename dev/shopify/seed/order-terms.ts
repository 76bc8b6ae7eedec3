import type { LineRecord, OrderRecord, ShippingLineRecord } from "../records";
import type { Random } from "./random";

/** What sending the lines costs at the shop's own rates; free above a sum. */
export function shippingFor(home: "DK" | "US", lines: readonly LineRecord[], random: Random): ShippingLineRecord {
  const goods = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  if (home === "US") {
    if (random.chance(0.15)) return { title: "Expedited", price: 1895, code: "expedited" };
    return { title: "Ground", price: goods >= 15000 ? 0 : 795, code: "ground" };
  }
  if (random.chance(0.12)) return { title: "Express", price: 1490, code: "express" };
  if (random.chance(0.3)) return { title: "Pick-up point", price: goods >= 10000 ? 0 : 390, code: "pickup" };
  return { title: "Standard", price: goods >= 10000 ? 0 : 490, code: "standard" };
}

/** The discount codes that the shopper typed, mostly none. */
export function codesOf(random: Random): string[] {
  return random.weighted([
    [80, []],
    [12, ["WELCOME10"]],
    [4, ["TAKE5"]],
    [4, ["SHIPFREE"]],
  ]);
}

/** What staff take off a draft. */
export const STAFF_DISCOUNTS: OrderRecord["orderDiscount"][] = [
  { title: "Wholesale", description: "Agreed price list", value: 20, valueType: "PERCENTAGE" },
  { title: "Sorry for the wait", description: "Two weeks late", value: 15, valueType: "PERCENTAGE" },
  { title: "Price match", description: null, value: 1000, valueType: "FIXED_AMOUNT" },
];

/** What shoppers write into the cart's note. */
export const ORDER_NOTES = [
  "Please leave it with the neighbour at no. 12 🏡",
  "Birthday present for the 14th: no invoice in the box please.",
  "Ring the bell twice, the dog does the rest 🐕",
  "الرجاء الاتصال قبل التسليم بنصف ساعة",
  "If the L is sold out, send the XL instead.",
  "Can it come before Friday? We leave for the mountains on Saturday morning.",
];

/** What themes ask in the cart. */
export const ORDER_ATTRIBUTES = [
  { key: "Gift message", value: "Til lykke! 🎉 Kærlig hilsen, alle os på kontoret" },
  { key: "How did you hear about us", value: "A friend's jacket" },
  { key: "Delivery instructions", value: "Blue door, round the back" },
];
