import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

/** A customer's request to see what we keep of them. Times are ISO 8601. */
export interface DataRequestRow {
  id: string;
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  requestedAt: string;
  /** When a member of staff first downloaded the answer. */
  downloadedAt: string | null;
}

/** The requests of the last year, newest first. */
export async function listDataRequests(ctx: Context<StaffActor>): Promise<DataRequestRow[]> {
  const since = new Date(ctx.clock.now().getTime() - 365 * 86_400_000);
  const rows = await ctx.db.prisma.dataRequest.findMany({
    where: { shopId: ctx.shop.id, requestedAt: { gt: since } },
    orderBy: { requestedAt: "desc" },
    take: 50,
    omit: { content: true },
  });
  return rows.map(({ id, shopifyCustomerId, requestedAt, downloadedAt }) => ({
    id,
    shopifyCustomerId,
    requestedAt: requestedAt.toISOString(),
    downloadedAt: downloadedAt?.toISOString() ?? null,
  }));
}

/** What was gathered for a request, for staff to hand over; notes when that was first done. Throws NotFound. */
export async function downloadDataRequest(ctx: Context<StaffActor>, id: string): Promise<object> {
  const where = { shopId_id: { shopId: ctx.shop.id, id } };
  const found = isId(id) ? await ctx.db.prisma.dataRequest.findUnique({ where }) : null;
  if (!found) throw new NotFound("This request");
  if (!found.downloadedAt) await ctx.db.prisma.dataRequest.update({ where, data: { downloadedAt: ctx.clock.now() } });
  return found.content as object;
}
