import { totalsOf } from "../commerce/prices";
import { taxOf } from "../commerce/tax";
import type { CheckoutRecord } from "../records";
import type { ShopStore } from "../store";
import { drawLines, shelfOf } from "./order-lines";
import type { Random } from "./random";

const DAY = 86_400_000;

/** Checkouts of the last weeks that were left after the buyer had said who they are; two of three have an account. */
export function seedCheckouts(shop: ShopStore, count: number, random: Random, now: Date): void {
  const shelf = shelfOf(shop);
  const customers = shop.all("customer").filter((each) => each.email && each.addresses.length > 0);
  const taxRate = taxOf(shop.settings()).rate;
  for (let index = 0; index < count; index += 1) {
    const customer = random.pick(customers);
    const isKnown = random.chance(0.66);
    const lines = drawLines(shop, shelf, random);
    const from = now.getTime() - Math.floor((0.2 + random.next() * 24) * DAY);
    const token = random.hex(32);
    const checkout: CheckoutRecord = {
      id: shop.newId("checkout"),
      token,
      cartToken: `hWN${random.hex(16)}`,
      email: isKnown ? customer.email : `left-${index + 1}@example.org`,
      phone: null,
      customerId: isKnown ? customer.id : null,
      lines,
      attributes: [],
      note: null,
      discountCodes: [],
      shippingLine: null,
      shippingAddress: isKnown ? (customer.addresses[0] ?? null) : null,
      totals: totalsOf({ lines, orderDiscount: null, shippingLine: null, taxRate }),
      orderId: null,
      createdAt: new Date(from).toISOString(),
      updatedAt: new Date(from + random.int(2, 25) * 60_000).toISOString(),
      completedAt: null,
    };
    shop.put("checkout", token, checkout);
  }
}
