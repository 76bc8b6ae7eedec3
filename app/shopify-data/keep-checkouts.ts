import type { ShopOfContext } from "~/context";
import type { CheckoutKept } from "./checkout";
import { erasedOf } from "./mirror/erased";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import type { Keeper } from "./mirror/speak";
import { subjectsOf } from "./mirror/subjects";
import { type Kept, nothingKept } from "./mirror/table";
import { checkoutTable } from "./mirror/tables";
import { checkoutStory } from "./story/checkout-story";

/** Keeps checkouts that were begun and left, as Shopify told them at `toldAt`, in the caller's transaction. */
export async function keepCheckouts(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  checkouts: readonly CheckoutKept[],
  toldAt: Date,
): Promise<Kept> {
  if (checkouts.length === 0 || !(await hold(tx, shop.id, "checkouts"))) return nothingKept();
  const people = checkouts.map((one) => ({ gid: one.customerId, at: one.createdAt }));
  const erased = await erasedOf(tx, shop.id, people);
  const kept = checkouts.map((one, index) => (erased[index] ? { ...one, customerId: null, cartId: null } : one));
  const subjects = await subjectsOf(tx, shop.id, kept);
  const rows = kept.map((one, index) => ({ ...one, subjectId: subjects[index] ?? "" }));
  return keep(tx, checkoutTable, shop.id, rows, toldAt, { before: checkoutStory, now: checkoutStory });
}
