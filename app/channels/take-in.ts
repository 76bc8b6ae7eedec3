import { awaitFile, keepFile } from "~/attachments/keep";
import type { Context } from "~/context";
import { append } from "~/conversations/append";
import { answeredBrowser, answeredFollowUp } from "~/conversations/follow-up/answered-browser";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { isErased } from "~/privacy/tombstones";
import type { Account, InboundMessage } from "./channel";
import { maskMessage } from "./mask-message";
import { placeOf } from "./place";
import { knowSender } from "./sender";

/** What became of a message that was not there before. */
export interface TakenIn {
  /** Whose words it is; of the store's own, to whom. */
  customerId: string;
  /** The raw mail belongs to it and may be kept. */
  keepsRaw: boolean;
}

/**
 * Makes a message of what a provider sent: who it is from, which conversation it belongs to, its words without card
 * numbers and other secrets, its files. Gives null for one that is there already, or is older
 * than the erasure of its person. Call it under the account's lock.
 */
export async function takeIn(
  tx: Transaction,
  ctx: Context,
  account: Account,
  message: InboundMessage,
  inboundId: string | null,
): Promise<TakenIn | null> {
  if (await isKnown(tx, ctx, account, message)) return null;
  if (await isOfErased(tx, ctx, message)) return null;
  const answering = message.thread?.conversationId ?? (await answeredFollowUp(tx, account, message));
  const wrote = !message.echo;
  const at = earlier(message.at, ctx.clock.now());
  const sender = await knowSender(tx, ctx, account, message.from, { at, answering, wrote });
  const conversation = await placeOf(tx, ctx, account, message, sender);
  const { text, content, body, masked } = maskMessage(message);
  const { id } = await append(tx, ctx, conversation, {
    author: message.echo ? "staff" : "shopper",
    customerId: message.echo ? null : sender.customerId,
    visitorId: await answeredBrowser(tx, conversation, answering, message),
    channel: account.kind,
    accountId: account.id,
    endpointId: sender.endpointId,
    externalId: message.externalId,
    replyToId: await answered(tx, ctx, account, conversation.id, message.replyTo ?? null),
    content,
    text,
    clientKey: newId(ctx.clock.now()),
    files: message.files.length,
    at,
    automatic: message.automatic ?? false,
  });
  // What was taken out of the text stands in the raw mail too: then there is only the text.
  const keepsRaw = body !== null && inboundId !== null && !masked;
  if (body) {
    await tx.$executeRaw`
      INSERT INTO "mail_body" ("shopId", "messageId", "html", "fullText", "inboundId")
      VALUES (${ctx.shop.id}::uuid, ${id}::uuid, ${body.html}, ${body.fullText}, ${keepsRaw ? inboundId : null}::uuid)`;
  }
  for (const file of message.files) {
    if (file.content) await keepFile(tx, ctx, { messageId: id, ...file, content: file.content });
    else if (file.reference) {
      const attachmentId = await awaitFile(tx, ctx, { messageId: id, ...file, reference: file.reference });
      await enqueue(tx, "fetch-file", { shopId: ctx.shop.id, attachmentId });
    }
  }
  return { customerId: sender.customerId, keepsRaw };
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

/**
 * Written before its person was erased: a mailbox that is read anew, or a provider's list, would bring it back. What they
 * write after it is a new beginning (docs/decisions/0013).
 */
async function isOfErased(tx: Transaction, ctx: Context, { from, at }: InboundMessage): Promise<boolean> {
  const { kind, value } = from.identifier ?? {};
  if (kind !== "email" && kind !== "phone") return false;
  return isErased(tx, ctx.shop.id, { [kind]: value, at });
}

/**
 * An echo whose id nobody here knows while something of ours to the same person is being sent: the provider may tell of it
 * before it has answered, and only its answer says the id.
 */
export async function mayBeOurs(
  tx: Transaction,
  ctx: Context,
  account: Account,
  message: InboundMessage,
): Promise<boolean> {
  if (!message.echo) return false;
  const underway = await tx.delivery.count({
    where: {
      shopId: ctx.shop.id,
      accountId: account.id,
      state: { in: ["sending", "unclear"] },
      endpoint: { address: message.from.address },
    },
  });
  return underway > 0 && !(await isKnown(tx, ctx, account, message));
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
