import type { EmailCode } from "@prisma/client";
import type { Context, ShopperActor } from "~/context";
import { identify } from "~/customers/identify";
import { join } from "~/customers/join";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { Invalid, NotFound } from "~/http/errors";
import type { StateAnswer } from "./answers";
import { codeRules, isCodeOf } from "./code";
import { proofOf } from "./proven";
import { chatState } from "./state";

type Outcome = { kind: "right" } | { kind: "wrong"; triesLeft: number } | { kind: "over" };

/**
 * A shopper types the digits that were sent to their address. When they are right the address is proven: the browser is
 * the person's from now on, what it wrote follows by the ledger, and their older chats open to it. Answers with the chat's
 * state as it is then. Throws Invalid: for wrong digits, and when the code is over (time, tries, or used).
 */
export async function confirmCode(ctx: Context<ShopperActor>, input: { code: string }): Promise<StateAnswer> {
  const outcome = await change(ctx, (tx) => take(tx, ctx, input.code));
  switch (outcome.kind) {
    case "over":
      throw new Invalid([{ field: "code", message: "This code is no longer valid. Ask for a new one." }]);
    case "wrong":
      throw new Invalid([{ field: "code", message: `These are not the digits. ${triesInWords(outcome.triesLeft)}` }]);
    case "right":
      return stateNow(ctx);
  }
}

/** A wrong try is kept, so this must not throw. */
async function take(tx: Transaction, ctx: Context<ShopperActor>, typed: string): Promise<Outcome> {
  const shopId = ctx.shop.id;
  const { visitorId } = ctx.actor;
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
  await prove(tx, ctx, row);
  return { kind: "right" };
}

async function prove(tx: Transaction, ctx: Context<ShopperActor>, row: EmailCode): Promise<void> {
  const shopId = ctx.shop.id;
  const where = { shopId_id: { shopId, id: row.visitorId } };
  const visitor = await tx.visitor.findUniqueOrThrow({ where });
  const chat = await tx.conversation.findFirst({
    where: { shopId, visitorId: visitor.id },
    orderBy: { lastMessageAt: "desc" },
    select: { id: true },
  });
  const { customerId } = await identify(tx, ctx, {
    kind: "email",
    value: row.address,
    grade: "emailed-code",
    proof: "confirmed with a code sent to this address",
    leafId: visitor.customerId,
    about: { visitorId: visitor.id, conversationId: chat?.id ?? null },
  });
  // A browser that is signed in stays its customer's: Shopify vouches for that, and the address is one more of theirs.
  const isSignedIn = visitor.signedInAs !== null;
  await tx.visitor.update({
    where,
    data: { confirmedAt: ctx.clock.now(), ...(isSignedIn ? {} : { customerId }) },
  });
  if (visitor.customerId) {
    await join(tx, ctx, { fromId: visitor.customerId, intoId: customerId, evidence: "emailed-code" });
  }
}

/** As whoever is proven now. */
async function stateNow(ctx: Context<ShopperActor>): Promise<StateAnswer> {
  const { prisma } = ctx.db;
  const visitor = await prisma.visitor.findUniqueOrThrow({
    where: { shopId_id: { shopId: ctx.shop.id, id: ctx.actor.visitorId } },
  });
  const proof = await proofOf(prisma, ctx.shop.id, visitor, ctx.clock.now());
  return chatState({ ...ctx, actor: { ...ctx.actor, ...proof } });
}

function triesInWords(left: number): string {
  return left === 1 ? "You can try once more." : `You can try ${left} more times.`;
}
