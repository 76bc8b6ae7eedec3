import type { Context } from "~/context";

/** Names change seldom and are on every page: each is asked for once in so many milliseconds. */
const freshFor = 60_000;
const mostKept = 10_000;
const kept = new Map<string, { name: string | null; until: number }>();

/** Names of members of staff by their ids; who is none of the shop's is missing. May be a minute old. */
export async function staffNames(
  ctx: Pick<Context, "shop" | "db">,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const now = performance.now();
  const names = new Map<string, string>();
  const unknown: string[] = [];
  for (const id of new Set(ids)) {
    const known = kept.get(`${ctx.shop.id} ${id}`);
    if (!known || known.until < now) unknown.push(id);
    else if (known.name !== null) names.set(id, known.name);
  }
  if (unknown.length === 0) return names;
  const { rows } = await ctx.db.sql.query<{ id: string; name: string }>(
    `SELECT "id", "name" FROM "staff" WHERE "shopId" = $1 AND "id" = ANY ($2::uuid[])`,
    [ctx.shop.id, unknown],
  );
  for (const { id, name } of rows) names.set(id, name);
  if (kept.size > mostKept) kept.clear();
  for (const id of unknown) kept.set(`${ctx.shop.id} ${id}`, { name: names.get(id) ?? null, until: now + freshFor });
  return names;
}
