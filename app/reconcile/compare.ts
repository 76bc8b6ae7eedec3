import type { Context } from "~/context";
import type { Kind } from "~/shopify-data/kinds";
import type { Changed } from "./changed";

const tables: Record<Kind, string> = {
  customers: "shopify_customer",
  orders: "shopify_order",
  "draft-orders": "shopify_draft_order",
  checkouts: "shopify_checkout",
  products: "shopify_product",
  companies: "shopify_company",
};

/**
 * Two changes in one second have one `updated_at`: what was read so soon after it, in milliseconds, may have been read
 * between them.
 */
const tooSoon = 2_000;

/** Those of a page that are not here, are older here, or may be: they are to be read. */
export async function toRead(ctx: Context, kind: Kind, page: Changed["nodes"]): Promise<string[]> {
  if (page.length === 0) return [];
  const { rows } = await ctx.db.sql.query<{ id: string; updatedAt: Date; toldAt: Date }>(
    `SELECT "id", "updatedAt", "toldAt" FROM "${tables[kind]}"
      WHERE "shopId" = $1::uuid AND "id" = ANY($2::text[]) AND "deletedAt" IS NULL`,
    [ctx.shop.id, page.map((one) => one.id)],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap(({ id, updatedAt }) => {
    const here = known.get(id);
    const at = Date.parse(updatedAt);
    const isCurrent = here && here.updatedAt.getTime() >= at && here.toldAt.getTime() >= at + tooSoon;
    return isCurrent ? [] : [id];
  });
}

/** The next ids of what is kept of a kind, in their order, after `after`; of orders only those that Shopify still tells of. */
export async function idsAfter(ctx: Context, kind: Kind, after: string, since: Date, most: number): Promise<string[]> {
  const { rows } = await ctx.db.sql.query<{ id: string }>(
    `SELECT "id" FROM "${tables[kind]}"
      WHERE "shopId" = $1::uuid AND "id" > $2 AND "deletedAt" IS NULL AND "createdAt" >= $3
      ORDER BY "id" LIMIT ${most}`,
    [ctx.shop.id, after, since],
  );
  return rows.map((row) => row.id);
}
