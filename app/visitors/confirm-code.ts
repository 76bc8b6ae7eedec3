import type { EmailCode, Visitor } from "@prisma/client";
import type { Context, ShopperActor } from "~/context";
import { identify } from "~/customers/identify";
import { join } from "~/customers/join";
import { keepIdentity } from "~/customers/keep-identity";
import { provenMembers } from "~/customers/members";
import { lockPeople } from "~/customers/settle";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, NotFound } from "~/http/errors";
import type { ConfirmAnswer, StateAnswer } from "./answers";
import { isNobodys } from "./becomes";
import { beginVisitor, endVisitor } from "./begin";
import { codeRules, isCodeOf } from "./code";
import { trackingSaid } from "./permission";
import { proofOf } from "./proven";
import { chatState } from "./state";

type Outcome = { kind: "right"; become: Become } | { kind: "wrong"; triesLeft: number } | { kind: "over" };

/** Which visitor the browser is from now on, with its key when that is another one. */
interface Become {
  visitorId: string;
  key: string | null;
}

/**
 * A shopper types the digits that were sent to their address. When they are right the address is proven: the browser is
 * the person's from now on, what a nobody wrote in it follows by the ledger, and their older chats open to it. A browser
 * that was somebody's already becomes a new visitor, because two people may share it. Answers with the chat's state as it
 * is then. Throws Invalid: for wrong digits, and when the code is over (time, tries, or used).
 */
export async function confirmCode(ctx: Context<ShopperActor>, input: { code: string }): Promise<ConfirmAnswer> {
  const outcome = await change(ctx, (tx) => take(tx, ctx, input.code));
  switch (outcome.kind) {
    case "over":
      throw new Invalid([{ field: "code", message: "This code is no longer valid. Ask for a new one." }]);
    case "wrong":
      throw new Invalid([{ field: "code", message: `These are not the digits. ${triesInWords(outcome.triesLeft)}` }]);
    case "right":
      return { ...(await stateNow(ctx, outcome.become.visitorId)), key: outcome.become.key };
  }
}

/** A wrong try is kept, so this must not throw. */
async function take(tx: Transaction, ctx: Context<ShopperActor>, typed: string): Promise<Outcome> {
  const shopId = ctx.shop.id;
  const { visitorId } = ctx.actor;
  // Right digits change who is one person, and that lock comes before any row's.
  await lockPeople(tx, shopId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "visitor" WHERE "shopId" = ${shopId}::uuid AND "id" = ${visitorId}::uuid FOR UPDATE`;
  if (locked.length === 0) throw new NotFound("This session");
  const now = ctx.clock.now();
  const row = await tx.emailCode.findFirst({
    where: { shopId, visitorId, usedAt: null, expiresAt: { gt: now }, tries: { lt: codeRules.tries } },
    orderBy: { createdAt: "desc" },
  });
  if (!row) return { kind: "over" };
  const isRight = isCodeOf(row, typed);
  await tx.emailCode.update({
    where: { shopId_id: { shopId, id: row.id } },
    data: { tries: { increment: 1 }, ...(isRight ? { usedAt: now } : {}) },
  });
  if (!isRight) {
    const triesLeft = codeRules.tries - row.tries - 1;
    return triesLeft > 0 ? { kind: "wrong", triesLeft } : { kind: "over" };
  }
  return { kind: "right", become: await prove(tx, ctx, row) };
}

async function prove(tx: Transaction, ctx: Context, row: EmailCode): Promise<Become> {
  const shopId = ctx.shop.id;
  const visitor = await tx.visitor.findUniqueOrThrow({ where: { shopId_id: { shopId, id: row.visitorId } } });
  if (visitor.signedInAs !== null) return proveSignedIn(tx, ctx, visitor, row);
  return (await isNobodys(tx, ctx, visitor)) ? proveNobodys(tx, ctx, visitor, row) : proveAnew(tx, ctx, visitor, row);
}

const proof = "confirmed with a code sent to this address";

/** What the browser wrote as a nobody is theirs who has this address. */
async function proveNobodys(tx: Transaction, ctx: Context, visitor: Visitor, row: EmailCode): Promise<Become> {
  const shopId = ctx.shop.id;
  const chat = await tx.conversation.findFirst({
    where: { shopId, visitorId: visitor.id },
    orderBy: { lastMessageAt: "desc" },
    select: { id: true },
  });
  const { customerId } = await identify(tx, ctx, {
    ...{ kind: "email", value: row.address, grade: "emailed-code", proof },
    leafId: visitor.customerId,
    about: { visitorId: visitor.id, conversationId: chat?.id ?? null },
  });
  await nowConfirmed(tx, ctx, visitor.id, customerId);
  if (visitor.customerId) {
    await join(tx, ctx, { fromId: visitor.customerId, intoId: customerId, evidence: "emailed-code" });
  }
  return { visitorId: visitor.id, key: null };
}

/** A code was confirmed in this browser before: whoever has this address is that person already, or somebody else. */
async function proveAnew(tx: Transaction, ctx: Context, visitor: Visitor, row: EmailCode): Promise<Become> {
  const shopId = ctx.shop.id;
  const { customerId } = await identify(tx, ctx, {
    ...{ kind: "email", value: row.address, grade: "emailed-code", proof },
  });
  const before = visitor.customerId ? await provenMembers(tx, shopId, visitor.customerId) : [];
  if (before.includes(customerId)) {
    await nowConfirmed(tx, ctx, visitor.id, visitor.customerId);
    return { visitorId: visitor.id, key: null };
  }
  await endVisitor(tx, ctx, visitor.id);
  const { lastSeenAt, trackingAllowed, locale, countryCode } = visitor;
  const anew = { customerId, confirmedAt: ctx.clock.now(), lastSeenAt, trackingAllowed, locale, countryCode };
  const begun = await beginVisitor(tx, ctx, anew);
  if (trackingAllowed) await trackingSaid(tx, ctx, begun.visitor.id, true);
  return { visitorId: begun.visitor.id, key: begun.key };
}

/**
 * Shopify says who is signed in, and this address may be another's who sits there: it opens and joins nothing. Staff see
 * it as something that the customer says.
 */
async function proveSignedIn(tx: Transaction, ctx: Context, visitor: Visitor, row: EmailCode): Promise<Become> {
  if (visitor.customerId) {
    const identifier = { kind: "email", value: row.address } as const;
    const known = { grade: "claimed", proof: "confirmed with a code in a browser where they were signed in" } as const;
    const news = await keepIdentity(tx, ctx, visitor.customerId, identifier, known);
    const subjects = { customerId: visitor.customerId, visitorId: visitor.id };
    if (news) await record(tx, ctx, "customer.identified", { grade: "claimed", identity: "email" }, subjects);
  }
  return { visitorId: visitor.id, key: null };
}

async function nowConfirmed(tx: Transaction, ctx: Context, visitorId: string, customerId: string | null) {
  await tx.visitor.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } },
    data: { confirmedAt: ctx.clock.now(), customerId },
  });
}

/** As whoever is proven now. */
async function stateNow(ctx: Context<ShopperActor>, visitorId: string): Promise<StateAnswer> {
  const { prisma } = ctx.db;
  const visitor = await prisma.visitor.findUniqueOrThrow({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } },
  });
  const proven = await proofOf(prisma, ctx.shop.id, visitor, ctx.clock.now());
  return chatState({ ...ctx, actor: { ...ctx.actor, visitorId, ...proven } });
}

function triesInWords(left: number): string {
  return left === 1 ? "You can try once more." : `You can try ${left} more times.`;
}
