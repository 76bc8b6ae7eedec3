import type { ShopOfContext } from "~/context";
import type { CustomerKept } from "./customer";
import { emailKey, phoneKey } from "./mirror/contact-keys";
import { erasedOf } from "./mirror/erased";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import type { Keeper } from "./mirror/speak";
import { type Kept, nothingKept } from "./mirror/table";
import { customerTable } from "./mirror/tables";
import { wordsOf } from "./mirror/words";

/** Keeps customers as Shopify told them at `toldAt`, in the caller's transaction. An erased one is not kept. */
export async function keepCustomers(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  customers: readonly CustomerKept[],
  toldAt: Date,
): Promise<Kept> {
  if (customers.length === 0 || !(await hold(tx, shop.id, "customers"))) return nothingKept();
  const people = customers.map((one) => ({ gid: one.id, at: one.updatedAt }));
  const erased = await erasedOf(tx, shop.id, people);
  const rows = customers
    .filter((_, index) => !erased[index])
    .map((one) => ({
      ...one,
      emailKey: emailKey(one.email),
      phoneKey: phoneKey(one.phone),
      words: wordsOf(one.firstName, one.lastName, one.email, one.phone),
    }));
  const kept = await keep(tx, customerTable, shop.id, rows, toldAt);
  return { ...kept, erased: customers.length - rows.length };
}
