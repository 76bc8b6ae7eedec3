import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { archive } from "./export/archive";
import { peopleNamed } from "./people";
import { scopeOf } from "./scope";

/** Longest time to find everything of a person, in milliseconds. */
const within = 120_000;

/** A customer's request to see what we keep of them. Times are ISO 8601. */
export interface DataRequestRow {
  id: string;
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  requestedAt: string;
  /** When a member of staff first downloaded the answer. */
  downloadedAt: string | null;
  /** Conversations in which somebody typed their address without proof: not in the file, for staff to look at. */
  unprovenConversationIds: string[];
}

/** The requests of the last year, newest first. */
export async function listDataRequests(ctx: Context<StaffActor>): Promise<DataRequestRow[]> {
  const since = new Date(ctx.clock.now().getTime() - 365 * 86_400_000);
  const rows = await ctx.db.prisma.dataRequest.findMany({
    where: { shopId: ctx.shop.id, requestedAt: { gt: since } },
    orderBy: { requestedAt: "desc" },
    take: 50,
  });
  return rows.map((row) => ({
    id: row.id,
    shopifyCustomerId: row.shopifyCustomerId,
    requestedAt: row.requestedAt.toISOString(),
    downloadedAt: row.downloadedAt?.toISOString() ?? null,
    unprovenConversationIds: row.unprovenConversationIds,
  }));
}

/**
 * The file that answers a request, made now from what is kept now: only what the shopper has proven to be theirs. Notes
 * who took it, and when that was first done. Throws NotFound.
 */
export async function downloadDataRequest(
  ctx: Context<StaffActor>,
  id: string,
): Promise<{ name: string; content: AsyncGenerator<Buffer> }> {
  const shopId = ctx.shop.id;
  const where = { shopId_id: { shopId, id } };
  const found = isId(id) ? await ctx.db.prisma.dataRequest.findUnique({ where }) : null;
  if (!found) throw new NotFound("This request");
  const { shopifyCustomerId, email, phone } = found;
  const madeAt = ctx.clock.now();
  const gather = async (tx: Transaction) => {
    await tx.$executeRaw`SELECT set_config('statement_timeout', ${`${within}ms`}, true)`;
    const { provenIds } = await peopleNamed(tx, ctx, { shopifyCustomerId, email, phone });
    // Addresses find nothing here: what was only typed may be a stranger's.
    const seed = { customerIds: provenIds, gids: [shopifyCustomerId], emails: [], phones: [] };
    const scope = await scopeOf(tx, ctx, seed);
    if (!found.downloadedAt) await tx.dataRequest.update({ where, data: { downloadedAt: madeAt } });
    await audit(tx, ctx, { action: "data-request.downloaded", subjectKind: "data-request", subjectId: id });
    return scope;
  };
  const scope = await ctx.db.prisma.$transaction(gather, { timeout: within, maxWait: 10_000 });
  const number = shopifyCustomerId.replace(/^.*\//, "");
  return {
    name: `data-of-customer-${number}.zip`,
    content: archive(ctx, scope, { shop: ctx.shop.name, shopifyCustomerId, madeAt }),
  };
}
