import type { Conversation } from "@prisma/client";
import type { Context, StaffActor } from "~/context";
import { membersOf } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { maskNote } from "~/privacy/mask";
import { readSettings } from "~/settings/settings";
import { untell } from "~/timeline/untell";
import { append } from "../append";
import { closeLocked } from "../close";
import { lockForStaff, subjectsOf } from "../find";
import { cleanText } from "../text";
import { type ContactKind, type ContactOutcome, outcomeWords } from "./outcomes";

/** Characters of where it was. */
const longestPlace = 80;

export interface WrittenDown {
  customerId: string;
  kind: ContactKind;
  /** What it was about. */
  text: string;
  outcome: ContactOutcome;
  /** Where: a store, a fair. Null when it does not matter. */
  place: string | null;
  clientKey: string;
}

/**
 * Keeps a visit to a store, or a call on a phone that is not connected, as a contact of the person: a message for staff in
 * their open matter, or in a new one, which goes nowhere and which the shopper never sees. What is solved is closed; what
 * needs a follow-up is open and waits; whoever was not reached waits as before. A second arrival of the same `clientKey`
 * is the same contact. Throws NotFound and Invalid.
 */
export async function writeDown(ctx: Context<StaffActor>, input: WrittenDown): Promise<{ conversationId: string }> {
  const text = maskNote(cleanText(input.text));
  const place = input.place?.trim() || null;
  if (place && place.length > longestPlace) {
    throw new Invalid([{ field: "place", message: `Keep it under ${longestPlace} characters.` }]);
  }
  if (input.kind === "visit" && input.outcome === "not-reached") {
    throw new Invalid([{ field: "outcome", message: "Somebody who was there was reached. Choose another outcome." }]);
  }
  if (!isId(input.clientKey)) throw new Invalid([{ field: "text", message: "Reload the page and save it again." }]);
  return change(ctx, async (tx) => {
    const shopId = ctx.shop.id;
    const { customerIds, personId } = await membersOf(tx, shopId, input.customerId);
    // Two at once about the same person meet here, so that they open one matter.
    await tx.$queryRaw`SELECT 1 FROM "customer" WHERE "shopId" = ${shopId}::uuid AND "id" = ${personId}::uuid FOR NO KEY UPDATE`;
    const repeated = await tx.message.findFirst({
      where: { shopId, clientKey: input.clientKey, conversation: { customerId: { in: customerIds } } },
      select: { conversationId: true },
    });
    if (repeated) return repeated;
    const matter = (await matterOf(tx, ctx, customerIds)) ?? (await open(tx, ctx, input));
    await keep(tx, ctx, matter, { ...input, text, place });
    return { conversationId: matter.id };
  });
}

async function keep(
  tx: Transaction,
  running: Context<StaffActor>,
  before: Conversation,
  contact: WrittenDown,
): Promise<void> {
  const { kind, outcome, place, text, clientKey } = contact;
  const at = running.clock.now();
  // One moment for all of it: the entry that is taken back is found by its time.
  const ctx = { ...running, clock: { now: () => at } };
  const shopId = ctx.shop.id;
  const { id: messageId } = await append(tx, ctx, before, {
    author: "staff",
    staffId: ctx.actor.id,
    channel: channelOf(kind),
    content: { visit: { kind, outcome: outcomeWords[outcome], place } },
    text,
    clientKey,
    files: 0,
    automatic: outcome !== "follow-up",
  });
  // Somebody who was talked with has their answer; whoever must be followed up waits for it.
  const waitingSince = { solved: null, "follow-up": before.waitingSince ?? at, "not-reached": before.waitingSince }[
    outcome
  ];
  const after = await tx.conversation.update({
    where: { shopId_id: { shopId, id: before.id } },
    data: { waitingSince },
  });
  // It stands in the story as what it is, in place of the message.
  await untell(tx, shopId, [{ subjectId: before.customerId, at, id: messageId }]);
  await record(tx, ctx, "contact.logged", { messageId, contact: kind, outcome }, subjectsOf(before));
  if (outcome === "solved") await closeLocked(tx, running, after);
}

/** The person's matter that is open, or was closed a short while ago: the last of them, its row locked. */
async function matterOf(
  tx: Transaction,
  ctx: Context<StaffActor>,
  customerIds: string[],
): Promise<Conversation | null> {
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
  return found && lockForStaff(tx, ctx, found.id);
}

async function open(tx: Transaction, ctx: Context<StaffActor>, contact: WrittenDown): Promise<Conversation> {
  const now = ctx.clock.now();
  const opened = await tx.conversation.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(now),
      customerId: contact.customerId,
      channel: channelOf(contact.kind),
      status: "open",
      assigneeId: ctx.actor.id,
      lastMessageAt: now,
      openedAt: now,
    },
  });
  await record(tx, ctx, "conversation.opened", { channel: opened.channel }, subjectsOf(opened));
  return opened;
}

const channelOf = (kind: ContactKind): string => (kind === "visit" ? "in-person" : "voice");
