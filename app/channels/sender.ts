import type { Context } from "~/context";
import { identify } from "~/customers/identify";
import { keepIdentity } from "~/customers/keep-identity";
import { normalise } from "~/customers/normalise";
import type { Transaction } from "~/db.server";
import { newId } from "~/platform/ids";
import type { Account, Sender } from "./channel";

/** The leaf that a message is from, and where an answer reaches it. */
export interface Known {
  customerId: string;
  endpointId: string;
  /** Nobody was known by this before. */
  isNew: boolean;
}

/**
 * Who wrote: by a proven identifier the one person who has it; by a claim nobody but whoever made the same claim from the
 * same place before. `answering` is the conversation whose signed address the message was sent to: an answer to it is that
 * endpoint's. Whoever got a copy was told that address too, so a sender whose own domain denies the message is never it.
 */
export async function knowSender(
  tx: Transaction,
  ctx: Context,
  account: Account,
  sender: Sender,
  options: { at: Date; answering: string | null; wrote: boolean },
): Promise<Known> {
  const answering = sender.denied ? null : options.answering;
  const there = answering
    ? await endpointIn(tx, ctx, account, sender.address, answering)
    : options.wrote
      ? null
      : await lastAt(tx, ctx, account, sender.address);
  const customerId = there ?? (await leafOf(tx, ctx, account, sender));
  const endpoint = await meetEndpoint(tx, ctx, account, sender, customerId, options);
  return { customerId, endpointId: endpoint.id, isNew: endpoint.isNew };
}

/**
 * Whom the store itself meant when it wrote to an address elsewhere: whoever wrote from there last. It is only for the
 * store's own words, which prove nothing of anybody.
 */
async function lastAt(tx: Transaction, ctx: Context, account: Account, address: string): Promise<string | null> {
  const found = await tx.endpoint.findFirst({
    where: { shopId: ctx.shop.id, accountId: account.id, address, lastInAt: { not: null } },
    orderBy: [{ lastInAt: "desc" }, { id: "desc" }],
    select: { customerId: true },
  });
  return found?.customerId ?? null;
}

/** Whose address it is in that conversation: of those to whom something was sent there, or who wrote there. */
async function endpointIn(
  tx: Transaction,
  ctx: Context,
  account: Account,
  address: string,
  conversationId: string,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ customerId: string }[]>`
    SELECT e."customerId" FROM "endpoint" e
     WHERE e."shopId" = ${ctx.shop.id}::uuid AND e."accountId" = ${account.id}::uuid AND e."address" = ${address}
       AND EXISTS (SELECT 1 FROM "message" m WHERE m."shopId" = e."shopId" AND m."endpointId" = e."id"
                      AND m."conversationId" = ${conversationId}::uuid)
     ORDER BY e."createdAt" LIMIT 2`;
  // Two people with one address in one conversation: neither is meant more than the other.
  return rows.length === 1 ? (rows[0]?.customerId ?? null) : null;
}

async function leafOf(tx: Transaction, ctx: Context, account: Account, sender: Sender): Promise<string> {
  const { identifier, grade, proof } = sender;
  if (identifier && grade !== "claimed") {
    return (await identify(tx, ctx, { ...identifier, grade, proof })).customerId;
  }
  const claimed = identifier && normalise(identifier.kind, identifier.value, null);
  const rows = await tx.$queryRaw<{ customerId: string }[]>`
    SELECT e."customerId" FROM "endpoint" e
     WHERE e."shopId" = ${ctx.shop.id}::uuid AND e."accountId" = ${account.id}::uuid AND e."address" = ${sender.address}
       AND NOT EXISTS (SELECT 1 FROM "identity" i WHERE i."shopId" = e."shopId" AND i."customerId" = e."customerId"
                          AND i."grade" <> 'claimed' AND ${claimed !== null})
     ORDER BY e."createdAt" LIMIT 1`;
  if (rows[0]) return rows[0].customerId;
  const now = ctx.clock.now();
  const { id } = await tx.customer.create({
    data: {
      shopId: ctx.shop.id,
      id: newId(now),
      name: sender.name,
      email: claimed?.kind === "email" ? claimed.value : null,
      phone: claimed?.kind === "phone" ? claimed.value : null,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  });
  if (claimed) await keepIdentity(tx, ctx, id, claimed, { grade: "claimed", proof });
  return id;
}

async function meetEndpoint(
  tx: Transaction,
  ctx: Context,
  account: Account,
  sender: Sender,
  customerId: string,
  { at, wrote }: { at: Date; wrote: boolean },
): Promise<{ id: string; isNew: boolean }> {
  const shopId = ctx.shop.id;
  const now = ctx.clock.now();
  const id = newId(now);
  const lastIn = wrote ? at : null;
  const [row] = await tx.$queryRaw<{ id: string; closed: boolean }[]>`
    INSERT INTO "endpoint" AS e ("shopId", "id", "accountId", "customerId", "address", "name", "lastInAt", "lastOutAt", "createdAt")
    VALUES (${shopId}::uuid, ${id}::uuid, ${account.id}::uuid, ${customerId}::uuid, ${sender.address}, ${sender.name},
            ${lastIn}::timestamptz, ${wrote ? null : at}::timestamptz, ${now}::timestamptz)
    ON CONFLICT ("shopId", "accountId", "address", "customerId") DO UPDATE
       SET "lastInAt" = greatest(e."lastInAt", EXCLUDED."lastInAt"), "lastOutAt" = greatest(e."lastOutAt", EXCLUDED."lastOutAt"),
           "name" = COALESCE(EXCLUDED."name", e."name")
    RETURNING "id", "closedAt" IS NOT NULL AS "closed"`;
  const isNew = row?.id === id;
  if (isNew && sender.name) {
    await tx.customer.updateMany({
      where: { shopId, id: customerId, name: null },
      data: { name: sender.name, updatedAt: now },
    });
  }
  return { id: row?.id ?? id, isNew };
}
