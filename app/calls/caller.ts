import type { Account, InboundMessage, Sender } from "~/channels/channel";
import { placeOf } from "~/channels/place";
import { knowSender } from "~/channels/sender";
import type { Context } from "~/context";
import { meet } from "~/customers/meet";
import { membersOf } from "~/customers/members";
import { normalise } from "~/customers/normalise";
import type { Transaction } from "~/db.server";

/** What the network says of a caller's number. */
export type Verification = "verified" | "unverified" | "hidden";

/**
 * Twilio's stand-ins for a number that was not told: anonymous, restricted, blocked, unknown, unavailable, in letters of
 * a telephone's keys. https://help.twilio.com/articles/223179988
 */
const hiddenNumbers = new Set(["", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"]);

/**
 * How far a caller's number can be believed. Only the highest attestation of SHAKEN/STIR says that the carrier knows the
 * caller and that the number is theirs; whatever else, a number can be forged (docs/decisions/0016).
 * https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir
 */
export function verificationOf(from: string, verstat: string | null): Verification {
  if (hiddenNumbers.has(from) || !/^\+\d{6,15}$/.test(from)) return "hidden";
  return verstat === "TN-Validation-Passed-A" ? "verified" : "unverified";
}

export interface Met {
  customerId: string;
  endpointId: string;
  conversationId: string;
  probablyId: string | null;
}

/**
 * Whose call it is, and in which conversation it stands. A verified number finds its person. Any other is a caller of its
 * own, the same at each call from that number, with whom it probably is beside it.
 */
export async function meetCaller(
  tx: Transaction,
  ctx: Context,
  account: Account,
  { from, verification, callSid }: { from: string; verification: Verification; callSid: string },
): Promise<Met> {
  const at = ctx.clock.now();
  const hidden = verification === "hidden";
  const sender: Sender = {
    // Nobody can be told from anybody else by a number that was not told.
    address: hidden ? `hidden:${callSid}` : from,
    name: null,
    identifier: hidden ? null : { kind: "phone", value: from },
    grade: verification === "verified" ? "provider-verified" : "claimed",
    proof: verification === "verified" ? "called from this number" : "said to call from this number",
  };
  // Two calls of one number at once are one caller.
  const lock = `caller ${ctx.shop.id} ${account.id} ${sender.address}`;
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
  const known = await knowSender(tx, ctx, account, sender, { at, answering: null, wrote: true });
  if (hidden) {
    const closedBecause = "They called from a hidden number.";
    await tx.endpoint.updateMany({
      where: { shopId: ctx.shop.id, id: known.endpointId },
      data: { closedAt: at, closedBecause },
    });
  }
  const conversation = await placeOf(tx, ctx, account, callAsMessage(callSid, at, sender), known);
  const probablyId = verification === "unverified" ? await probably(tx, ctx, from, known.customerId) : null;
  return { customerId: known.customerId, endpointId: known.endpointId, conversationId: conversation.id, probablyId };
}

/** A call opens with no words, and joins the person's matter as a message of theirs does. */
function callAsMessage(callSid: string, at: Date, from: Sender): InboundMessage {
  return { type: "message", externalId: callSid, at, from, text: "", files: [] };
}

/**
 * The one person who has this number proven, or in Shopify; null for nobody, for several, and for who it is known to be
 * already. Staff are shown them as "probably"; nothing is joined and nothing opens.
 */
async function probably(tx: Transaction, ctx: Context, from: string, callerId: string): Promise<string | null> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { countryCode: true } });
  const number = normalise("phone", from, shop.countryCode);
  if (!number) return null;
  const people = await tx.$queryRaw<{ personId: string }[]>`
    SELECT DISTINCT c."personId" FROM "identity" i
      JOIN "customer" c ON c."shopId" = i."shopId" AND c."id" = i."customerId"
     WHERE i."shopId" = ${ctx.shop.id}::uuid AND i."kind" = 'phone' AND i."value" = ${number.value} AND i."grade" <> 'claimed'
     LIMIT 2`;
  const [person] = people.length === 1 ? people : [];
  const found = person?.personId ?? (people.length === 0 ? await inShopify(tx, ctx, number.value) : null);
  if (!found) return null;
  const [mine, theirs] = await Promise.all([membersOf(tx, ctx.shop.id, callerId), membersOf(tx, ctx.shop.id, found)]);
  return mine.personId === theirs.personId ? null : theirs.personId;
}

async function inShopify(tx: Transaction, ctx: Context, phoneKey: string): Promise<string | null> {
  const found = await tx.shopifyCustomer.findMany({
    where: { shopId: ctx.shop.id, phoneKey, deletedAt: null, mergedInto: null },
    take: 2,
    select: { id: true },
  });
  const [only] = found.length === 1 ? found : [];
  return only ? meet(tx, ctx, only.id) : null;
}
