import type { Conversation } from "@prisma/client";
import type { Context } from "~/context";
import { lockForStaff, subjectsOf } from "~/conversations/find";
import { samePerson } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { readSettings } from "~/settings/settings";
import type { Account, InboundMessage } from "./channel";
import { decideThread } from "./email/thread/decide-thread";
import { namedConversations } from "./named";
import type { Known } from "./sender";

/**
 * The conversation that a message belongs to, its row locked: the one it names where its sender belongs to it, else the
 * open matter of the person whatever its channel, or one closed within the time that the merchant set, else a new one. Why
 * it is where nobody would look for it stands in the conversation.
 */
export async function placeOf(
  tx: Transaction,
  ctx: Context,
  account: Account,
  message: InboundMessage,
  sender: Known,
): Promise<Conversation> {
  const reopensSince = await reopening(tx, ctx);
  const decision = decideThread({
    named: await namedConversations(tx, ctx, account, message, { ...sender, address: message.from.address }),
    forged: message.content?.email?.authentication.verdict === "forged",
    reopensSince,
  });
  if (decision && "join" in decision) {
    const joined = await lockForStaff(tx, ctx, decision.join);
    return decision.as === "third person" ? await tellJoined(tx, ctx, joined, sender, decision.because) : joined;
  }
  if (decision) return open(tx, ctx, account, sender, decision);
  // A machine's words that answer nothing begin no talk, and belong to none.
  const found = message.automatic ? null : await openMatter(tx, ctx, sender, reopensSince);
  return found ? lockForStaff(tx, ctx, found) : open(tx, ctx, account, sender, null);
}

async function open(
  tx: Transaction,
  ctx: Context,
  account: Account,
  sender: Known,
  why: { because: string; linkedTo: string | null } | null,
): Promise<Conversation> {
  const now = ctx.clock.now();
  const opened = await tx.conversation.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(now),
      customerId: sender.customerId,
      channel: account.kind,
      status: "open",
      position: why ? 1 : 0,
      lastMessageAt: now,
      openedAt: now,
    },
  });
  const data = { channel: account.kind, ...why };
  await record(tx, ctx, "conversation.opened", data, subjectsOf(opened, why ? 1 : undefined));
  return opened;
}

/** Whoever is new in a conversation is said to be, once. */
async function tellJoined(
  tx: Transaction,
  ctx: Context,
  conversation: Conversation,
  sender: Known,
  because: string | null,
): Promise<Conversation> {
  const shopId = ctx.shop.id;
  const wrote = await tx.message.findFirst({
    where: { shopId, conversationId: conversation.id, customerId: sender.customerId },
    select: { id: true },
  });
  if (wrote) return conversation;
  const position = conversation.position + 1;
  const data = { customerId: sender.customerId, because: because ?? "" };
  await record(tx, ctx, "conversation.joined", data, subjectsOf(conversation, position));
  return tx.conversation.update({
    where: { shopId_id: { shopId, id: conversation.id } },
    data: { position },
  });
}

/** Of a transaction that takes in many. */
const reopens = new WeakMap<Transaction, Promise<Date>>();

function reopening(tx: Transaction, ctx: Context): Promise<Date> {
  const read = async () => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } });
    return new Date(ctx.clock.now().getTime() - readSettings(shop).continueDays * 86_400_000);
  };
  const known = reopens.get(tx) ?? read();
  reopens.set(tx, known);
  return known;
}

/** The person's matter that is open, else one closed a short while ago: the last of them. */
async function openMatter(tx: Transaction, ctx: Context, sender: Known, since: Date): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "conversation"
     WHERE "shopId" = ${ctx.shop.id}::uuid AND "customerId" IN (${samePerson(ctx.shop.id, sender.customerId)})
       AND ("closedAt" IS NULL OR "closedAt" >= ${since}::timestamptz)
     ORDER BY "closedAt" IS NULL DESC, "lastMessageAt" DESC, "id" DESC LIMIT 1`;
  return found?.id ?? null;
}
