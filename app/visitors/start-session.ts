import type { Visitor } from "@prisma/client";
import type { Context } from "~/context";
import { Erased } from "~/customers/meet";
import { lockPeople } from "~/customers/settle";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { cleanLine } from "~/platform/clean-line";
import { isNobodys, isSamePerson } from "./becomes";
import { beginVisitor, endVisitor } from "./begin";
import { bind, customerSignedInAs } from "./bind";
import { decide, type KnownVisitor } from "./decide";
import { signedInAfterErasure } from "./erased-login";
import { hashOfKey, isKey } from "./key";
import { trackingSaid } from "./permission";
import { hasLapsed } from "./proven";

/** A browser that was silent for longer than this is on a new visit. */
const visitEndsAfterMilliseconds = 30 * 60_000;

export interface SessionRequest {
  /** The key that the browser kept, as it came; anything without the shape of one counts as none. */
  key: unknown;
  /** gid of the customer whom Shopify's signature vouches for, or null. */
  signedInAs: string | null;
  /** Whether Shopify's customer privacy API allows tracking. Without it the country is not kept. */
  tracking: boolean;
  locale: string | null;
  countryCode: string | null;
}

/** The visitor of this browser, and the key to keep when it got a new one. See `decide.ts` for the rules. */
export async function startSession(
  ctx: Context,
  input: SessionRequest,
): Promise<{ visitor: Visitor; key: string | null }> {
  const keyHash = isKey(input.key) ? hashOfKey(input.key) : null;
  const work = (): Promise<{ visitor: Visitor; key: string | null }> =>
    change(ctx, async (tx) => {
      if (keyHash && input.signedInAs && (await isGuest(tx, ctx, keyHash))) await lockPeople(tx, ctx.shop.id);
      const signedInAs = await signedInAfterErasure(tx, ctx, keyHash, input.signedInAs);
      const known = keyHash ? await lockByKey(tx, ctx, keyHash) : null;
      const decision = decide(known ? await factsOf(tx, ctx, known, signedInAs) : null, signedInAs);
      switch (decision.act) {
        case "continue":
          return { visitor: await goOn(tx, ctx, known as Visitor, input), key: null };
        case "bind":
          await bind(tx, ctx, known as Visitor, decision.to);
          return { visitor: await goOn(tx, ctx, known as Visitor, input), key: null };
        case "start":
          if (known && decision.ends) await endVisitor(tx, ctx, known.id);
          return start(tx, ctx, decision.signedInAs, input);
      }
    });
  try {
    return await work();
  } catch (error) {
    // Another browser was first to make the row of the customer who signs in, or an erasure of theirs has just ended.
    if (!isMetElsewhere(error) && !(error instanceof Erased)) throw error;
    return work();
  }
}

/** To be asked before any row is locked: a sign-in may change who is one person. */
async function isGuest(tx: Transaction, ctx: Context, keyHash: string): Promise<boolean> {
  const where = { shopId_keyHash: { shopId: ctx.shop.id, keyHash } };
  const found = await tx.visitor.findUnique({ where, select: { signedInAs: true } });
  return found?.signedInAs === null;
}

async function factsOf(
  tx: Transaction,
  ctx: Context,
  known: Visitor,
  signedInNow: string | null,
): Promise<KnownVisitor> {
  const follows =
    known.signedInAs === null &&
    signedInNow !== null &&
    ((await isNobodys(tx, ctx, known)) || (await isSamePerson(tx, ctx, known, signedInNow)));
  return { signedInAs: known.signedInAs, hasLapsed: hasLapsed(known, ctx.clock.now()), follows };
}

function isMetElsewhere(error: unknown): boolean {
  const { code, meta } = error as { code?: string; meta?: unknown };
  return code === "P2002" && JSON.stringify(meta ?? {}).includes("shopifyCustomerId");
}

async function lockByKey(tx: Transaction, ctx: Context, keyHash: string): Promise<Visitor | null> {
  await tx.$queryRaw`SELECT 1 FROM "visitor" WHERE "shopId" = ${ctx.shop.id}::uuid AND "keyHash" = ${keyHash} FOR UPDATE`;
  return tx.visitor.findUnique({ where: { shopId_keyHash: { shopId: ctx.shop.id, keyHash } } });
}

async function goOn(tx: Transaction, ctx: Context, known: Visitor, input: SessionRequest): Promise<Visitor> {
  const now = ctx.clock.now();
  const returns = now.getTime() - known.lastSeenAt.getTime() > visitEndsAfterMilliseconds;
  if (known.trackingAllowed !== input.tracking) await trackingSaid(tx, ctx, known.id, input.tracking);
  return tx.visitor.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: known.id } },
    data: { ...seenNow(input, now), ...(returns ? { visits: { increment: 1 }, visitStartedAt: now } : {}) },
  });
}

async function start(tx: Transaction, ctx: Context, signedInAs: string | null, input: SessionRequest) {
  const customer = signedInAs ? await customerSignedInAs(tx, ctx, signedInAs) : null;
  const { visitor, key } = await beginVisitor(tx, ctx, {
    customerId: customer?.id ?? null,
    signedInAs,
    ...seenNow(input, ctx.clock.now()),
  });
  if (input.tracking) await trackingSaid(tx, ctx, visitor.id, true);
  if (customer) {
    const subjects = { customerId: customer.id, visitorId: visitor.id };
    await record(tx, ctx, "customer.identified", { grade: "signed-in", identity: "shopify-customer" }, subjects);
  }
  return { visitor, key };
}

function seenNow(input: SessionRequest, now: Date) {
  const place = input.tracking
    ? { countryCode: input.countryCode }
    : { countryCode: null, pageUrl: null, pageTitle: null };
  return {
    lastSeenAt: now,
    trackingAllowed: input.tracking,
    locale: cleanLine(input.locale ?? "", 35) || null,
    ...place,
  };
}
