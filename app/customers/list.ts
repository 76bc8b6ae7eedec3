import type { Context, StaffActor } from "~/context";
import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";

/** One of our people as a line of the list. Times are ISO 8601. */
export interface CustomerRow {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  shopifyCustomerId: string | null;
  updatedAt: string;
  conversations: number;
}

export interface CustomerPage {
  rows: CustomerRow[];
  /** Give it to get the rows after these; null when these are the last. */
  nextCursor: string | null;
}

const pageSize = 25;
/** Words of a search beyond these are left out. */
const mostWords = 6;

/**
 * Our people, last changed first; with `search` those whose name, e-mail or phone hold every word of it. A visitor of
 * whom nothing is known and who never wrote is not a customer yet and is left out. Throws Invalid for a cursor that is
 * none of ours.
 */
export async function listCustomers(
  ctx: Context<StaffActor>,
  input: { search: string; cursor: string | null },
): Promise<CustomerPage> {
  const words = input.search.split(/\s+/).filter(Boolean).slice(0, mostWords).map(pattern);
  const after = input.cursor ? readCursor(input.cursor) : null;
  const place = after ? `AND c."updatedAt" <= $4 AND (c."updatedAt" < $4 OR c."id" > $5)` : "";
  const found = await ctx.db.sql.query<Omit<CustomerRow, "updatedAt"> & { updatedAt: Date }>(
    `SELECT c."id", c."name", c."email", c."phone", c."shopifyCustomerId", c."updatedAt",
            (SELECT count(*)::int FROM "conversation" k WHERE k."shopId" = c."shopId" AND k."customerId" = c."id")
              AS "conversations"
       FROM "customer" c
      WHERE c."shopId" = $1
        AND (c."name" IS NOT NULL OR c."email" IS NOT NULL OR c."phone" IS NOT NULL OR EXISTS (
              SELECT 1 FROM "conversation" k WHERE k."shopId" = c."shopId" AND k."customerId" = c."id"))
        AND concat_ws(E'\\n', c."name", c."email", c."phone") ILIKE ALL ($2::text[]) ${place}
      ORDER BY c."updatedAt" DESC, c."id" LIMIT $3`,
    [ctx.shop.id, words, pageSize + 1, ...(after ? [after.at, after.id] : [])],
  );
  const rows = found.rows.slice(0, pageSize);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })),
    nextCursor: found.rows.length > pageSize && last ? `${last.updatedAt.getTime()}.${last.id}` : null,
  };
}

/** What a person typed stands for itself: its % and _ are no wildcards. */
function pattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [time = "", id = ""] = cursor.split(".", 2);
  if (!/^\d{1,14}$/.test(time) || !isId(id)) {
    throw new Invalid([{ field: "cursor", message: "This list has changed. Load it again." }]);
  }
  return { at: new Date(Number(time)), id };
}
