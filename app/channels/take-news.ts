import type { ConsentChannel } from "~/consent/consent";
import { channels as consentChannels } from "~/consent/consent";
import { keepConsent } from "~/consent/keep";
import type { Context } from "~/context";
import { preview } from "~/conversations/text";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { maskShopperText } from "~/privacy/mask";
import type { Account, Inbound, InboundReceipt, InboundWatermark } from "./channel";
import type { Reaction } from "./content";
import { afterReceipt, type DeliveryState } from "./decide-delivery";
import { endWindow } from "./end-window";
import { tellDelivery } from "./tell-delivery";
import { inboundText } from "./text";

type News = Exclude<Inbound, { type: "message" }>;

/** later: it speaks of something that is not there yet and may be in a moment. */
export type Taken = "taken" | "nothing" | "later";

export const isLater = (taken: Taken): boolean => taken === "later";

/** Takes in what a provider told of messages that are there: receipts, reactions, edits, and what people allow. */
export async function takeNews(tx: Transaction, ctx: Context, account: Account, news: News): Promise<Taken> {
  switch (news.type) {
    case "receipt":
      return takeReceipt(tx, ctx, account, news);
    case "watermark":
      return takeWatermark(tx, ctx, account, news);
    case "reaction":
      return react(tx, ctx, account, news);
    case "edit":
      return amend(tx, ctx, account, news.message, {
        text: maskShopperText(inboundText(news.text)),
        editedAt: news.at,
      });
    case "deletion":
      return amend(tx, ctx, account, news.message, { text: "", deletedAt: news.at });
    case "typing":
      return type(tx, ctx, account, news.address);
    case "consent":
      return consent(tx, ctx, account, news);
    case "notice":
      await tx.channelAccount.update({
        where: { shopId_id: { shopId: ctx.shop.id, id: account.id } },
        data: { lastErrorAt: news.at, lastError: news.words },
        select: { id: true },
      });
      return "taken";
  }
}

async function takeReceipt(tx: Transaction, ctx: Context, account: Account, receipt: InboundReceipt): Promise<Taken> {
  const shopId = ctx.shop.id;
  const [messageId, part] = receipt.deliveryKey?.split(":") ?? [];
  const found = await tx.delivery.findFirst({
    where: {
      shopId,
      accountId: account.id,
      OR: [
        { externalId: receipt.externalId },
        ...(messageId && part && /^[\da-f-]{36}$/.test(messageId) ? [{ messageId, part: Number(part) }] : []),
      ],
    },
  });
  if (!found) {
    const under = await tx.delivery.count({
      where: { shopId, accountId: account.id, state: { in: ["sending", "unclear"] } },
    });
    return under > 0 ? "later" : "nothing";
  }
  const data = afterReceipt(found.state as DeliveryState, receipt);
  if (!data) return "nothing";
  await tx.delivery.update({
    where: { shopId_messageId_part: { shopId, messageId: found.messageId, part: found.part } },
    data: { ...data, externalId: found.externalId ?? receipt.externalId },
    select: { part: true },
  });
  if (data.state === "failed" && receipt.failure?.isOf === "window") await endWindow(tx, ctx, found.endpointId);
  await tellDelivery(tx, ctx, found.messageId, { wentWrong: data.state === "failed" });
  return "taken";
}

async function takeWatermark(tx: Transaction, ctx: Context, account: Account, mark: InboundWatermark): Promise<Taken> {
  const shopId = ctx.shop.id;
  const before: DeliveryState[] = mark.state === "read" ? ["sent", "delivered"] : ["sent"];
  const found = await tx.delivery.findMany({
    where: {
      shopId,
      accountId: account.id,
      state: { in: before },
      // Providers name the time at which they took it, which is before we heard so.
      OR: [{ sentAt: { lte: mark.at } }, { sendingAt: { lte: mark.at } }],
      endpoint: { address: mark.address },
    },
    select: { messageId: true },
    orderBy: { queuedAt: "desc" },
    take: 200,
  });
  const ids = [...new Set(found.map(({ messageId }) => messageId))];
  if (ids.length === 0) return "nothing";
  await tx.delivery.updateMany({
    where: { shopId, messageId: { in: ids }, state: { in: before } },
    data: mark.state === "read" ? { state: "read", readAt: mark.at } : { state: "delivered", deliveredAt: mark.at },
  });
  for (const id of ids) await tellDelivery(tx, ctx, id, { wentWrong: false });
  return "taken";
}

/** The message that a provider's id means, ours or theirs, its row locked. */
async function named(tx: Transaction, ctx: Context, account: Account, externalId: string) {
  const [row] = await tx.$queryRaw<
    { id: string; author: string; reactions: Reaction[] | null; editedAt: Date | null; deletedAt: Date | null }[]
  >`
    SELECT m."id", m."author", m."reactions", m."editedAt", m."deletedAt" FROM "message" m
     WHERE m."shopId" = ${ctx.shop.id}::uuid AND m."id" = (
       SELECT "id" FROM "message" WHERE "shopId" = ${ctx.shop.id}::uuid AND "accountId" = ${account.id}::uuid AND "externalId" = ${externalId}
       UNION ALL
       SELECT "messageId" FROM "delivery" WHERE "shopId" = ${ctx.shop.id}::uuid AND "accountId" = ${account.id}::uuid AND "externalId" = ${externalId}
       LIMIT 1)
       FOR UPDATE`;
  return row ?? null;
}

async function react(
  tx: Transaction,
  ctx: Context,
  account: Account,
  news: Extract<News, { type: "reaction" }>,
): Promise<Taken> {
  const message = await named(tx, ctx, account, news.to);
  if (!message) return "later";
  const others = (message.reactions ?? []).filter((one) => one.by !== "shopper");
  const reactions: Reaction[] = news.emoji ? [...others, { emoji: news.emoji.slice(0, 32), by: "shopper" }] : others;
  await tx.message.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: message.id } },
    data: { reactions: reactions as object[] },
    select: { id: true },
  });
  await tellChanged(tx, ctx, message.id);
  return "taken";
}

/** Only what the other side wrote can be changed by them. */
async function amend(
  tx: Transaction,
  ctx: Context,
  account: Account,
  externalId: string,
  data: { text: string; editedAt?: Date; deletedAt?: Date },
): Promise<Taken> {
  const message = await named(tx, ctx, account, externalId);
  if (!message) return "later";
  if (message.author !== "shopper") return "nothing";
  // What was taken back stays so, and an edit that comes after a later one changes nothing.
  if (message.deletedAt || (data.editedAt && message.editedAt && message.editedAt > data.editedAt)) return "nothing";
  const where = { shopId_id: { shopId: ctx.shop.id, id: message.id } };
  await tx.message.update({ where, data, select: { id: true } });
  if (data.deletedAt) {
    await tx.attachment.deleteMany({ where: { shopId: ctx.shop.id, messageId: message.id } });
    await tx.mailBody.deleteMany({ where: { shopId: ctx.shop.id, messageId: message.id } });
  }
  await showInList(tx, ctx, message.id, data);
  await tellChanged(tx, ctx, message.id);
  return "taken";
}

/** The list shows the newest message of a conversation: what was changed or taken back must not stand there any more. */
async function showInList(
  tx: Transaction,
  ctx: Context,
  messageId: string,
  { text, deletedAt }: { text: string; deletedAt?: Date },
): Promise<void> {
  const files = deletedAt ? 0 : await tx.attachment.count({ where: { shopId: ctx.shop.id, messageId } });
  await tx.$executeRaw`
    UPDATE "conversation" c SET "lastMessageText" = ${deletedAt ? "Deleted a message" : preview(text, files)}
      FROM "message" m
     WHERE m."shopId" = ${ctx.shop.id}::uuid AND m."id" = ${messageId}::uuid
       AND c."shopId" = m."shopId" AND c."id" = m."conversationId"
       AND NOT EXISTS (SELECT 1 FROM "message" n WHERE n."shopId" = m."shopId"
                        AND n."conversationId" = m."conversationId" AND n."position" > m."position")`;
}

async function tellChanged(tx: Transaction, ctx: Context, messageId: string): Promise<void> {
  const message = await tx.message.findUniqueOrThrow({
    where: { shopId_id: { shopId: ctx.shop.id, id: messageId } },
    select: { position: true, conversation: { select: { id: true, customerId: true, visitorId: true } } },
  });
  const { id, customerId, visitorId } = message.conversation;
  await record(tx, ctx, "message.changed", { messageId }, { conversationId: id, customerId, visitorId });
}

async function type(tx: Transaction, ctx: Context, account: Account, address: string): Promise<Taken> {
  const [row] = await tx.$queryRaw<{ conversationId: string }[]>`
    SELECT m."conversationId" FROM "endpoint" e
      JOIN "message" m ON m."shopId" = e."shopId" AND m."customerId" = e."customerId" AND m."endpointId" = e."id"
     WHERE e."shopId" = ${ctx.shop.id}::uuid AND e."accountId" = ${account.id}::uuid AND e."address" = ${address}
     ORDER BY m."at" DESC LIMIT 1`;
  if (!row) return "nothing";
  const { conversationId } = row;
  ctx.signals.send({ kind: "typing", shopId: ctx.shop.id, conversationId, by: "shopper" });
  return "taken";
}

async function consent(
  tx: Transaction,
  ctx: Context,
  account: Account,
  news: Extract<News, { type: "consent" }>,
): Promise<Taken> {
  const shopId = ctx.shop.id;
  const endpoints = await tx.endpoint.findMany({
    where: { shopId, accountId: account.id, address: news.address },
    select: { id: true, customerId: true },
  });
  await tx.endpoint.updateMany({
    where: { shopId, id: { in: endpoints.map(({ id }) => id) } },
    data: news.gives
      ? { closedAt: null, closedBecause: null }
      : { closedAt: news.at, closedBecause: `They wrote ${news.wording}: nothing may be sent to them here.` },
  });
  const channel = (consentChannels as readonly string[]).includes(account.kind)
    ? (account.kind as ConsentChannel)
    : null;
  if (!channel) return "taken";
  const isPhone = /^\+\d+$/.test(news.address);
  for (const { customerId } of endpoints) {
    for (const purpose of ["service", "marketing"] as const) {
      // Whoever writes START allows answers; what is to sell is asked for by itself.
      if (news.gives && purpose === "marketing") continue;
      await keepConsent(tx, ctx, {
        ...{ customerId, visitorId: null, channel, purpose },
        state: news.gives ? "given" : "withdrawn",
        at: news.at,
        touchpoint: `Wrote ${news.wording} to ${account.name}`,
        wording: news.wording,
        language: null,
        source: "channel",
        endpoint: isPhone ? { kind: "phone", value: news.address } : null,
      });
    }
  }
  return endpoints.length > 0 ? "taken" : "nothing";
}
