import type { Conversation } from "@prisma/client";
import type { Context } from "~/context";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { membersOf } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { readSettings } from "~/settings/settings";
import type { Account, InboundMessage } from "./channel";
import type { Known } from "./sender";

/**
 * The conversation that a message belongs to, its row locked: the one it names where its sender belongs to it, else the
 * open matter of the person whatever its channel, or one closed within the time that the merchant set, else a new one.
 */
export async function placeOf(
  tx: Transaction,
  ctx: Context,
  account: Account,
  message: InboundMessage,
  sender: Known,
): Promise<Conversation> {
  const named = await namedConversation(tx, ctx, account, message, sender);
  const found = named ?? (await openMatter(tx, ctx, sender));
  if (found) return lockForStaff(tx, ctx, found);
  const now = ctx.clock.now();
  const opened = await tx.conversation.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(now),
      customerId: sender.customerId,
      channel: account.kind,
      status: "open",
      lastMessageAt: now,
      openedAt: now,
    },
  });
  await record(tx, ctx, "conversation.opened", { channel: account.kind }, subjectsOf(opened));
  return opened;
}

/** The one that the message answers, as long as its sender is part of it. */
async function namedConversation(
  tx: Transaction,
  ctx: Context,
  account: Account,
  { thread, replyTo }: InboundMessage,
  sender: Known,
): Promise<string | null> {
  const references = [...(replyTo ? [replyTo] : []), ...(thread?.references ?? [])].filter((one) => one !== "");
  const [byReference] = references.length
    ? await tx.$queryRaw<{ id: string }[]>`
        SELECT k."conversationId" AS "id" FROM unnest(${references}::text[]) WITH ORDINALITY AS r("id", "at")
          JOIN LATERAL (
            SELECT m."conversationId" FROM "message" m
             WHERE m."shopId" = ${ctx.shop.id}::uuid AND m."accountId" = ${account.id}::uuid AND m."externalId" = r."id"
             UNION ALL
            SELECT m."conversationId" FROM "delivery" d JOIN "message" m ON m."shopId" = d."shopId" AND m."id" = d."messageId"
             WHERE d."shopId" = ${ctx.shop.id}::uuid AND d."accountId" = ${account.id}::uuid AND d."externalId" = r."id"
          ) k ON true
         ORDER BY r."at" LIMIT 1`
    : [];
  for (const id of [thread?.conversationId, byReference?.id]) {
    if (id && (await belongs(tx, ctx, id, sender))) return id;
  }
  return null;
}

/** Whether a person is part of a conversation: it is with them, or a message there is from or to an endpoint of theirs. */
async function belongs(tx: Transaction, ctx: Context, conversationId: string, sender: Known): Promise<boolean> {
  const { customerIds } = await membersOf(tx, ctx.shop.id, sender.customerId);
  const [row] = await tx.$queryRaw<{ belongs: boolean }[]>`
    SELECT c."customerId" = ANY (${customerIds}::uuid[]) OR EXISTS (
             SELECT 1 FROM "message" m LEFT JOIN "endpoint" e ON e."shopId" = m."shopId" AND e."id" = m."endpointId"
              WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id"
                AND (m."customerId" = ANY (${customerIds}::uuid[]) OR e."customerId" = ANY (${customerIds}::uuid[]))) AS "belongs"
      FROM "conversation" c WHERE c."shopId" = ${ctx.shop.id}::uuid AND c."id" = ${conversationId}::uuid`;
  return row?.belongs ?? false;
}

/** The person's matter that is open, or was closed a short while ago: the last of them. */
async function openMatter(tx: Transaction, ctx: Context, sender: Known): Promise<string | null> {
  const { customerIds } = await membersOf(tx, ctx.shop.id, sender.customerId);
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } });
  const since = new Date(ctx.clock.now().getTime() - readSettings(shop).continueDays * 86_400_000);
  const found = await tx.conversation.findFirst({
    where: {
      shopId: ctx.shop.id,
      customerId: { in: customerIds },
      OR: [{ closedAt: null }, { closedAt: { gte: since } }],
    },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return found?.id ?? null;
}
