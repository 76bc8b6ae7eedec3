import type { ShopOfContext } from "~/context";
import type { DraftOrderKept } from "./draft-order";
import { erasedOf } from "./mirror/erased";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import { type Keeper, rowsOf } from "./mirror/speak";
import { subjectsOf } from "./mirror/subjects";
import { type Kept, nothingKept } from "./mirror/table";
import { draftOrderTable } from "./mirror/tables";
import { draftOrderStory } from "./story/draft-order-story";

/**
 * Keeps draft orders as Shopify told them at `toldAt`, in the caller's transaction. Those that were made in a conversation
 * have told their story there; only the others' is told here.
 */
export async function keepDraftOrders(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  drafts: readonly DraftOrderKept[],
  toldAt: Date,
): Promise<Kept> {
  if (drafts.length === 0 || !(await hold(tx, shop.id, "draft-orders"))) return nothingKept();
  const people = drafts.map((one) => ({ gid: one.customerId, at: one.createdAt }));
  const erased = await erasedOf(tx, shop.id, people);
  const kept = drafts.map((draft, index) => (erased[index] ? { ...draft, customerId: null, cartId: null } : draft));
  const subjects = await subjectsOf(tx, shop.id, kept);
  const ours = new Set(
    (
      await rowsOf<{ id: string }>(
        tx,
        `SELECT "shopifyDraftOrderId" AS "id" FROM "draft_order"
          WHERE "shopId" = $1::uuid AND "shopifyDraftOrderId" = ANY($2::text[])`,
        [shop.id, kept.map((draft) => draft.id)],
      )
    ).map((row) => row.id),
  );
  const rows = kept.map((draft, index) => ({ ...draft, subjectId: subjects[index] ?? "" }));
  return keep(tx, draftOrderTable, shop.id, rows, toldAt, {
    before: draftOrderStory,
    now: (draft) => (ours.has(draft.id) ? [] : draftOrderStory(draft)),
  });
}
