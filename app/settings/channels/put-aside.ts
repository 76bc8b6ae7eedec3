import { audit } from "~/audit/audit";
import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { NotFound } from "~/http/errors";
import { enqueue } from "~/jobs/enqueue";
import { isId } from "~/platform/ids";

/** Something that came in and could not be read. */
export interface AsideRow {
  id: string;
  accountId: string;
  receivedAt: string;
  /** Why, in words for staff. */
  problem: string;
  /** Bytes. */
  size: number;
}

const most = 50;

/** What of one channel was put aside, newest first. */
export async function listAside(ctx: Context<StaffActor>, kind: string): Promise<AsideRow[]> {
  const { rows } = await ctx.db.sql.query<Omit<AsideRow, "receivedAt"> & { receivedAt: Date }>(
    `SELECT i."id", i."accountId", i."receivedAt", COALESCE(i."problem", '') AS "problem", length(i."body") AS "size"
       FROM "channel_account" a JOIN "inbound" i ON i."shopId" = a."shopId" AND i."accountId" = a."id" AND i."state" = 'aside'
      WHERE a."shopId" = $1 AND a."kind" = $2 ORDER BY i."number" DESC LIMIT ${most}`,
    [ctx.shop.id, kind],
  );
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
}

/**
 * Has everything of an account that was put aside read once more; gives how much that is. Throws NotFound for what is not
 * this shop's.
 */
export async function readAsideAgain(ctx: Context<StaffActor>, accountId: string): Promise<number> {
  if (!isId(accountId)) throw new NotFound("This account");
  return change(ctx, async (tx) => {
    const shopId = ctx.shop.id;
    const account = await tx.channelAccount.findFirst({ where: { shopId, id: accountId }, select: { id: true } });
    if (!account) throw new NotFound("This account");
    const { count } = await tx.inbound.updateMany({
      where: { shopId, accountId, state: "aside" },
      data: { state: "waiting", attempts: 0, problem: null, doneAt: null },
    });
    if (count === 0) return 0;
    await enqueue(tx, "read-inbound", { shopId, accountId }, { key: `inbound of ${accountId}` });
    await audit(tx, ctx, {
      action: "channel.read-again",
      subjectKind: "channel",
      subjectId: accountId,
      detail: { count },
    });
    return count;
  });
}

/**
 * What a provider sent, byte for byte, for whoever finds out why it could not be read. That it was taken stands in the
 * audit log. Throws NotFound for what is not this shop's, or is emptied.
 */
export async function rawInbound(
  ctx: Context<StaffActor>,
  inboundId: string,
): Promise<{ name: string; body: Uint8Array }> {
  const found = isId(inboundId)
    ? await ctx.db.prisma.inbound.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: inboundId } },
        select: { body: true, accountId: true },
      })
    : null;
  if (!found || found.body.length === 0) throw new NotFound("This message");
  const account = await ctx.db.prisma.channelAccount.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: found.accountId } },
    select: { kind: true },
  });
  await auditRead(ctx, { action: "channel.raw-downloaded", subjectKind: "channel", subjectId: found.accountId });
  return {
    name: `${account?.kind ?? "message"}-${inboundId}.${account?.kind === "email" ? "eml" : "txt"}`,
    body: found.body,
  };
}
