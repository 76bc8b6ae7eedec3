import type { Context, StaffActor } from "~/context";
import { type InboxCounts, inboxViews, mostCounted } from "./inbox-row";
import { holds } from "./views";

const columns = inboxViews.map(
  (view) => `
    (SELECT count(*)::int FROM (
       SELECT 1 FROM "conversation" c WHERE c."shopId" = $1 AND ${holds[view]} LIMIT ${mostCounted}) AS counted) AS "${view}"`,
);

/** How many conversations each list holds. Counting stops at `mostCounted`, so it never takes longer than that. */
export async function counts(ctx: Context<StaffActor>): Promise<InboxCounts> {
  const found = await ctx.db.sql.query<InboxCounts>({
    name: "inbox-counts",
    text: `SELECT ${columns.join(", ")}`,
    values: [ctx.shop.id, ctx.actor.id],
  });
  return found.rows[0] as InboxCounts;
}
