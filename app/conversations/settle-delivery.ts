import { enqueueAt } from "~/channels/deliver";
import { tellDelivery } from "~/channels/tell-delivery";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { NotFound, Problem } from "~/http/errors";
import { isId } from "~/platform/ids";

interface Settle {
  conversationId: string;
  messageId: string;
  /** again: send what was not sent, or may not have been. arrived: somebody looked, and it is there. */
  as: "again" | "arrived";
}

/**
 * What staff decide of a message of ours that failed, or of which nobody knows whether it went out. Throws NotFound, and a
 * Problem (409) when it is on its way or there already.
 */
export async function settleDelivery(
  ctx: Context<StaffActor>,
  { conversationId, messageId, as }: Settle,
): Promise<void> {
  const shopId = ctx.shop.id;
  await change(ctx, async (tx) => {
    const rows = await lockDeliveries(tx, ctx, conversationId, messageId);
    const open = rows.filter(({ state }) => state === "unclear" || (as === "again" && state === "failed"));
    const [first] = open;
    if (!first) throw new Problem(409, "settled", "This has been sent meanwhile.");
    const parts = { shopId, messageId, part: { in: open.map(({ part }) => part) } };
    if (as === "arrived") {
      const data = { state: "sent", sentAt: ctx.clock.now(), error: null, errorCode: null };
      await tx.delivery.updateMany({ where: parts, data });
    } else {
      const anew = { state: "queued", attempts: 0, sendingAt: null, failedAt: null, error: null, errorCode: null };
      await tx.delivery.updateMany({ where: parts, data: { ...anew, notBefore: null, queuedAt: ctx.clock.now() } });
    }
    // The parts behind one that was taken as sent still wait for their turn.
    if (as === "again" || rows.some(({ state }) => state === "queued")) {
      await enqueueAt(tx, ctx, messageId, first.endpointId);
    }
    await tellDelivery(tx, ctx, messageId, { wentWrong: false });
  });
}

/** How far each part of a message of the conversation is, its rows locked; NotFound for what was not sent by us. */
export async function lockDeliveries(
  tx: Transaction,
  ctx: Pick<Context, "shop">,
  conversationId: string,
  messageId: string,
): Promise<{ part: number; state: string; endpointId: string; attempts: number; notBefore: Date | null }[]> {
  if (!isId(conversationId) || !isId(messageId)) throw new NotFound("This message");
  const rows = await tx.$queryRaw<Awaited<ReturnType<typeof lockDeliveries>>>`
    SELECT d."part", d."state", d."endpointId", d."attempts", d."notBefore"
      FROM "message" m JOIN "delivery" d ON d."shopId" = m."shopId" AND d."messageId" = m."id"
     WHERE m."shopId" = ${ctx.shop.id}::uuid AND m."id" = ${messageId}::uuid AND m."conversationId" = ${conversationId}::uuid
     ORDER BY d."part" FOR UPDATE OF d`;
  if (rows.length === 0) throw new NotFound("This message");
  return rows;
}
