import { awaitFile, keepFile } from "~/attachments/keep";
import type { Context } from "~/context";
import { append } from "~/conversations/append";
import { answeredBrowser, answeredFollowUp } from "~/conversations/follow-up/answered-browser";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { maskShopperText } from "~/privacy/mask";
import type { Account, InboundMessage } from "./channel";
import { placeOf } from "./place";
import { knowSender } from "./sender";
import { inboundText } from "./text";

/**
 * Makes a message of what a provider sent: who it is from, which conversation it belongs to, its words without card
 * numbers and other secrets, its files. Gives whose words they are; null for one that is there already. Call it under the
 * account's lock.
 */
export async function takeIn(
  tx: Transaction,
  ctx: Context,
  account: Account,
  message: InboundMessage,
  inboundId: string | null,
): Promise<string | null> {
  if (await isKnown(tx, ctx, account, message)) return null;
  const answering = message.thread?.conversationId ?? (await answeredFollowUp(tx, account, message));
  const wrote = !message.echo;
  const at = earlier(message.at, ctx.clock.now());
  const sender = await knowSender(tx, ctx, account, message.from, { at, answering, wrote });
  const conversation = await placeOf(tx, ctx, account, message, sender);
  const text = maskShopperText(inboundText(message.text));
  const { id } = await append(tx, ctx, conversation, {
    author: message.echo ? "staff" : "shopper",
    customerId: message.echo ? null : sender.customerId,
    visitorId: await answeredBrowser(tx, conversation, answering, message),
    channel: account.kind,
    accountId: account.id,
    endpointId: sender.endpointId,
    externalId: message.externalId,
    replyToId: await answered(tx, ctx, account, conversation.id, message.replyTo ?? null),
    content: message.content ?? null,
    text,
    clientKey: newId(ctx.clock.now()),
    files: message.files.length,
    at,
    automatic: message.automatic ?? false,
  });
  if (message.body) {
    const fullText = maskShopperText(inboundText(message.body.fullText));
    // What was taken out of the text stands in the HTML too: then there is only the text.
    const masked = fullText !== inboundText(message.body.fullText);
    await tx.mailBody.create({
      data: { shopId: ctx.shop.id, messageId: id, html: masked ? null : message.body.html, fullText, inboundId },
      select: { messageId: true },
    });
  }
  for (const file of message.files) {
    if (file.content) await keepFile(tx, ctx, { messageId: id, ...file, content: file.content });
    else if (file.reference) {
      const attachmentId = await awaitFile(tx, ctx, { messageId: id, ...file, reference: file.reference });
      await enqueue(tx, "fetch-file", { shopId: ctx.shop.id, attachmentId });
    }
  }
  return sender.customerId;
}

/** There already, or one of ours that the provider tells of once more. */
async function isKnown(tx: Transaction, ctx: Context, account: Account, message: InboundMessage): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "message" WHERE "shopId" = ${ctx.shop.id}::uuid AND "accountId" = ${account.id}::uuid
                      AND "externalId" = ${message.externalId})
        OR EXISTS (SELECT 1 FROM "delivery" WHERE "shopId" = ${ctx.shop.id}::uuid AND "accountId" = ${account.id}::uuid
                      AND "externalId" = ${message.externalId}) AS "known"`;
  return row?.known ?? false;
}

/** Our message for the provider's id of the one that was answered, in the same conversation. */
async function answered(
  tx: Transaction,
  ctx: Context,
  account: Account,
  conversationId: string,
  externalId: string | null,
): Promise<string | null> {
  if (!externalId) return null;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT m."id" FROM "message" m
     WHERE m."shopId" = ${ctx.shop.id}::uuid AND m."conversationId" = ${conversationId}::uuid
       AND (m."accountId" = ${account.id}::uuid AND m."externalId" = ${externalId} OR EXISTS (
             SELECT 1 FROM "delivery" d WHERE d."shopId" = m."shopId" AND d."messageId" = m."id"
                AND d."accountId" = ${account.id}::uuid AND d."externalId" = ${externalId}))
     LIMIT 1`;
  return row?.id ?? null;
}

/** A provider's clock may be ahead of ours. */
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
