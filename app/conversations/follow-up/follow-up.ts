import type { Conversation } from "@prisma/client";
import type { MessageContent } from "~/channels/content";
import { enqueueAt } from "~/channels/deliver";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { enqueue } from "~/jobs/enqueue";
import { isId, newId } from "~/platform/ids";
import { readSettings } from "~/settings/settings";
import { lockForStaff, subjectsOf } from "../find";
import { takePosition } from "../take-position";
import { decideFollowUp } from "./decide-follow-up";
import { followUpAddress } from "./follow-up-address";
import { followUpMail } from "./follow-up-mail";

/** After a reply in the chat: looks later whether it was seen. Further replies wait for the same look. */
export async function askFollowUp(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  conversationId: string,
): Promise<void> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } });
  const { followUpByEmail, followUpAfterMinutes } = readSettings(shop);
  if (!followUpByEmail) return;
  await lookAgain(tx, ctx, conversationId, new Date(ctx.clock.now().getTime() + followUpAfterMinutes * 60_000));
}

async function lookAgain(
  tx: Transaction,
  ctx: Pick<Context, "shop">,
  conversationId: string,
  runAt: Date,
  options: { soonest?: number } = {},
) {
  const payload = { shopId: ctx.shop.id, conversationId };
  const key = `follow up ${conversationId}`;
  await enqueue(tx, "follow-up-chat", payload, { runAt, key, keepsRunAt: true, ...options });
}

/**
 * What staff wrote in a chat whose shopper has left follows by mail: all that nobody saw, in one, once. How far it got is
 * committed with the mail, so a second run finds nothing. Without an address, an account for mail, or leave to write,
 * nothing happens.
 */
export async function followUp(ctx: Context, conversationId: string): Promise<void> {
  if (!isId(conversationId)) return;
  await change(ctx, async (tx) => {
    const shopId = ctx.shop.id;
    const known = await tx.conversation.count({ where: { shopId, id: conversationId } });
    if (known === 0) return;
    const conversation = await lockForStaff(tx, ctx, conversationId);
    const shop = await tx.shop.findUniqueOrThrow({
      where: { id: shopId },
      select: { settings: true, storefrontOrigin: true, domain: true, name: true },
    });
    const settings = readSettings(shop);
    if (!settings.followUpByEmail || conversation.visitorId === null) return;
    const replies = await unseen(tx, conversation);
    const visitor = await tx.visitor.findUnique({
      where: { shopId_id: { shopId, id: conversation.visitorId } },
      select: { locale: true },
    });
    const decision = decideFollowUp({
      now: ctx.clock.now(),
      delay: settings.followUpAfterMinutes * 60_000,
      gap: settings.followUpGapMinutes * 60_000,
      replies,
      lastThere: await lastThere(tx, conversation),
      lastMailed: await lastMailed(tx, conversation),
    });
    if (decision.act === "wait") await lookAgain(tx, ctx, conversationId, decision.until, { soonest: 5 });
    if (decision.act !== "mail") return;
    const mail = followUpMail({
      locale: visitor?.locale ?? null,
      shop: settings.displayName || shop.name,
      link: shop.storefrontOrigin ?? `https://${shop.domain}`,
      replies,
    });
    await send(tx, ctx, conversation, {
      ...mail,
      from: replies[0]?.position ?? 0,
      upTo: replies.at(-1)?.position ?? 0,
    });
  });
}

interface Unseen {
  position: number;
  at: Date;
  text: string;
  staffName: string | null;
  files: string[];
}

/** Replies in the chat behind all that the shopper saw, wrote and was mailed, oldest first. */
async function unseen(tx: Transaction, { shopId, id, shopperSeen, followedUpTo }: Conversation): Promise<Unseen[]> {
  return tx.$queryRaw<Unseen[]>`
    SELECT m."position", m."at", m."text", s."name" AS "staffName",
           ARRAY(SELECT a."name" FROM "attachment" a WHERE a."shopId" = m."shopId" AND a."messageId" = m."id" ORDER BY a."id") AS "files"
      FROM "message" m LEFT JOIN "staff" s ON s."shopId" = m."shopId" AND s."id" = m."staffId"
     WHERE m."shopId" = ${shopId}::uuid AND m."conversationId" = ${id}::uuid AND m."author" = 'staff' AND m."channel" = 'chat'
       AND m."endpointId" IS NULL AND m."deletedAt" IS NULL
       AND m."position" > greatest(${shopperSeen}::int, ${followedUpTo}::int, (
             SELECT max(w."position") FROM "message" w
              WHERE w."shopId" = m."shopId" AND w."conversationId" = m."conversationId" AND w."author" = 'shopper'))
     ORDER BY m."position"`;
}

/** When a page of the shopper was last heard of: of this browser, or of another in which they are proven to be. */
async function lastThere(tx: Transaction, { shopId, visitorId, customerId }: Conversation): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(v."lastSeenAt") AS "at" FROM "visitor" v
     WHERE v."shopId" = ${shopId}::uuid AND (v."id" = ${visitorId}::uuid OR v."customerId" IN (
             SELECT o."id" FROM "customer" c JOIN "customer" o ON o."shopId" = c."shopId" AND o."provenId" = c."provenId"
              WHERE c."shopId" = v."shopId" AND c."id" = ${customerId}::uuid))`;
  return row?.at ?? null;
}

async function lastMailed(tx: Transaction, { shopId, id }: Conversation): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(m."at") AS "at" FROM "message" m
     WHERE m."shopId" = ${shopId}::uuid AND m."conversationId" = ${id}::uuid AND m."content" ? 'followUp' AND m."deletedAt" IS NULL`;
  return row?.at ?? null;
}

/** Puts the mail beside the replies that it carries, and on its way. It is the app's, so nobody is answered by it. */
async function send(
  tx: Transaction,
  ctx: Context,
  conversation: Conversation,
  mail: { subject: string; text: string; from: number; upTo: number },
): Promise<void> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  const to = await followUpAddress(tx, ctx, conversation);
  const endpoint = to && (await endpointFor(tx, ctx, to));
  if (!to || !endpoint) return;
  const id = newId(now);
  const position = await takePosition(tx, ctx, conversation.id);
  const content: MessageContent = {
    email: {
      subject: mail.subject,
      from: { name: null, address: "" },
      to: [{ name: null, address: to.address }],
      cc: [],
      hasHtml: false,
      hasFolded: false,
      authentication: { verdict: "unproven", words: "" },
    },
    followUp: { from: mail.from, upTo: mail.upTo },
  };
  await tx.message.create({
    data: {
      ...{ shopId, id, conversationId: conversation.id, position, author: "app", channel: "email" },
      ...{ accountId: endpoint.accountId, endpointId: endpoint.id, text: mail.text, clientKey: id, at: now },
      content: content as object,
    },
    select: { id: true },
  });
  await tx.delivery.create({
    data: { shopId, messageId: id, accountId: endpoint.accountId, endpointId: endpoint.id, queuedAt: now },
    select: { part: true },
  });
  await tx.conversation.update({
    where: { shopId_id: { shopId, id: conversation.id } },
    data: { followedUpTo: mail.upTo },
    select: { id: true },
  });
  await enqueueAt(tx, ctx, id, endpoint.id);
  await record(tx, ctx, "message.sent", { messageId: id }, subjectsOf(conversation, position));
}

/** On the shop's account for mail; null when it has none, or nothing can be sent there any more. */
async function endpointFor(
  tx: Transaction,
  ctx: Context,
  { address, customerId }: { address: string; customerId: string },
): Promise<{ id: string; accountId: string } | null> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  const [row] = await tx.$queryRaw<{ id: string; accountId: string; closed: boolean }[]>`
    INSERT INTO "endpoint" AS e ("shopId", "id", "accountId", "customerId", "address", "createdAt")
    SELECT a."shopId", ${newId(now)}::uuid, a."id", ${customerId}::uuid, ${address}, ${now}::timestamptz
      FROM "channel_account" a WHERE a."shopId" = ${shopId}::uuid AND a."kind" = 'email' AND a."state" = 'active'
     ORDER BY a."createdAt", a."id" LIMIT 1
        ON CONFLICT ("shopId", "accountId", "address", "customerId") DO UPDATE SET "address" = EXCLUDED."address"
    RETURNING e."id", e."accountId", e."closedAt" IS NOT NULL AS "closed"`;
  return row && !row.closed ? row : null;
}
