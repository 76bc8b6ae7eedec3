import type { Told } from "~/timeline/catalogue";
import { retell, tell } from "~/timeline/tell";
import { tellNew } from "~/timeline/tell-new";
import { isClient, type Keeper } from "./speak";
import { type Kept, type MirrorTable, nothingKept } from "./table";
import { upsert, type Written, worthCopying } from "./upsert";

/**
 * Writes rows into their table of the mirror and, for those that were new or changed, their story: `story` says what a row tells.
 * What a changed row told before and does not tell now is taken back. The caller holds the kind. Many at a time over a client of `pg` are
 * copied; that fails with 23505 when the story of a new row is there already, and is kept one by one then.
 */
export async function keep<Row extends { id: string; updatedAt: Date }>(
  tx: Keeper,
  table: MirrorTable<Row>,
  shopId: string,
  rows: readonly Row[],
  toldAt: Date,
  story: { before: (row: Row) => Told[]; now: (row: Row) => Told[] } | null = null,
): Promise<Kept> {
  const { written, unchanged, older } = await upsert(tx, table, shopId, rows, toldAt);
  if (story) {
    const had = (one: Written<Row>): one is { row: Row; before: Row } => one.before !== null;
    const changed = written.filter(had);
    if (changed.length > 0) {
      await retell(
        tx,
        shopId,
        changed.flatMap(({ before }) => story.before(before)),
        changed.flatMap(({ row }) => story.now(row)),
      );
    }
    const fresh = written.flatMap(({ row, before }) => (before === null ? story.now(row) : []));
    await (isClient(tx) && fresh.length >= worthCopying ? tellNew(tx, shopId, fresh) : tell(tx, shopId, fresh));
  }
  const created = written.filter(({ before }) => before === null).length;
  return {
    ...nothingKept(),
    created,
    changed: written.length - created,
    unchanged,
    older,
    ids: written.map(({ row }) => row.id),
  };
}
