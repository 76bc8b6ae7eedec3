import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { EventSubjects } from "~/events/catalogue";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { comeBack } from "~/privacy/tombstones";
import type { ProvenGrade } from "./grades";
import { keepIdentity } from "./keep-identity";
import { meet } from "./meet";
import { type Identifier, type IdentifierKind, normalise } from "./normalise";

export interface Proven {
  kind: IdentifierKind;
  /** As it came. */
  value: string;
  grade: ProvenGrade;
  /** What showed it, in words for staff: "confirmed a code sent to this address". */
  proof: string;
  /** The leaf that showed it, to which it belongs when it is nobody else's. */
  leafId?: string | null;
  /** What the fact is about besides the person. */
  about?: EventSubjects;
}

export interface Identified {
  customerId: string;
  /**
   * known: somebody had this identifier, proven. shopify: exactly one of Shopify's customers has it. new: nobody, or
   * several whom it does not tell apart; who they may be is then for staff to say (`suggest.ts`).
   */
  how: "known" | "shopify" | "new";
}

/**
 * The one way from a proven identifier to a person: a leaf that has it proven, else the one customer of Shopify's that has
 * it, else a new leaf. Exact matches of normalised values only, never of an empty one and never of a claim. Callers with
 * the same identifier at the same moment get the same leaf. An identifier that is none makes a person who has none.
 */
export async function identify(tx: Transaction, ctx: Context, proven: Proven): Promise<Identified> {
  const identifier = normalise(proven.kind, proven.value, proven.kind === "phone" ? await countryOf(tx, ctx) : null);
  if (!identifier) return { customerId: await newLeaf(tx, ctx, proven), how: "new" };
  const { kind, value } = identifier;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`identify ${ctx.shop.id} ${kind} ${value}`}, 0))`;
  const found = await find(tx, ctx, identifier);
  const customerId = found?.customerId ?? (await newLeaf(tx, ctx, proven));
  const news = await keepIdentity(tx, ctx, customerId, identifier, { grade: proven.grade, proof: proven.proof });
  if (news) {
    // Whoever shows an address of theirs begins anew by that, had they been erased.
    // An id of a provider's is erased with its leaf and leaves no stone.
    const stone = { "shopify-customer": "gid", email: "email", phone: "phone" }[kind as string];
    if (stone) await comeBack(tx, ctx.shop.id, { [stone]: value }, ctx.clock.now());
    await tellAddress(tx, ctx, customerId, identifier);
    const subjects = { ...proven.about, customerId };
    await record(tx, ctx, "customer.identified", { grade: proven.grade, identity: kind }, subjects);
  }
  return { customerId, how: found?.how ?? "new" };
}

async function find(tx: Transaction, ctx: Context, identifier: Identifier): Promise<Identified | null> {
  const known = await holderOf(tx, ctx, identifier);
  if (known) return { customerId: known, how: "known" };
  const gid = await inShopify(tx, ctx, identifier);
  return gid ? { customerId: await meet(tx, ctx, gid), how: "shopify" } : null;
}

/**
 * The leaf that has this identifier proven. When several people have it, it says of none of them that this is they: only
 * a leaf that is nothing but this identifier is taken then.
 */
async function holderOf(tx: Transaction, ctx: Context, { kind, value }: Identifier): Promise<string | null> {
  const holders = await tx.$queryRaw<{ customerId: string; personId: string; bare: boolean }[]>`
    SELECT i."customerId", c."personId", c."shopifyCustomerId" IS NULL AND NOT EXISTS (
             SELECT 1 FROM "identity" o WHERE o."shopId" = i."shopId" AND o."customerId" = i."customerId"
                AND o."grade" <> 'claimed' AND o."id" <> i."id") AS "bare"
      FROM "identity" i JOIN "customer" c ON c."shopId" = i."shopId" AND c."id" = i."customerId"
     WHERE i."shopId" = ${ctx.shop.id}::uuid AND i."kind" = ${kind} AND i."value" = ${value} AND i."grade" <> 'claimed'
     ORDER BY i."firstSeenAt", i."id" LIMIT 20`;
  const people = new Set(holders.map((one) => one.personId));
  const holder = people.size > 1 ? holders.find((one) => one.bare) : holders[0];
  return holder?.customerId ?? null;
}

/** The one customer of Shopify's with this identifier; null for none, and for several, such as a family with one phone. */
async function inShopify(tx: Transaction, ctx: Context, { kind, value }: Identifier): Promise<string | null> {
  if (kind === "shopify-customer") return value;
  if (kind !== "email" && kind !== "phone") return null;
  const found = await tx.shopifyCustomer.findMany({
    where: {
      shopId: ctx.shop.id,
      ...(kind === "email" ? { emailKey: value } : { phoneKey: value }),
      deletedAt: null,
      mergedInto: null,
    },
    take: 2,
    select: { id: true },
  });
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

async function newLeaf(tx: Transaction, ctx: Context, { leafId }: Proven): Promise<string> {
  if (leafId) return leafId;
  const now = ctx.clock.now();
  const { id } = await tx.customer.create({
    data: { shopId: ctx.shop.id, id: newId(now), createdAt: now, updatedAt: now },
    select: { id: true },
  });
  return id;
}

/** A proven address or number is how to call someone of whom Shopify knows nothing, also over one that was typed. */
async function tellAddress(tx: Transaction, ctx: Context, customerId: string, identifier: Identifier): Promise<void> {
  if (identifier.kind !== "email" && identifier.kind !== "phone") return;
  await tx.customer.updateMany({
    where: { shopId: ctx.shop.id, id: customerId, shopifyCustomerId: null },
    data: { [identifier.kind]: identifier.value, updatedAt: ctx.clock.now() },
  });
}

async function countryOf(tx: Transaction, ctx: Context): Promise<string | null> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { countryCode: true } });
  return shop.countryCode;
}
