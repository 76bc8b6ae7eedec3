import { Prisma } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { actorId } from "~/events/record";
import type { Audited } from "./catalogue";
import { type ChainedEntry, genesis, hashOf } from "./chain";

/** Where the chain ends. */
export interface Head {
  seq: bigint;
  hash: string;
}

/**
 * Locks the end of the shop's chain until the transaction ends, and makes it for a shop that has none yet. Should the
 * end be gone while entries are there, a number is left out, so that work goes on and every check tells of it.
 */
export async function lockHead(tx: Transaction, shopId: string): Promise<Head> {
  const rows = await tx.$queryRaw<Head[]>`
    INSERT INTO "audit_head" AS h ("shopId", "seq", "hash")
    SELECT ${shopId}::uuid, COALESCE(max("seq") + 1, 0), ${genesis} FROM "audit_entry" WHERE "shopId" = ${shopId}::uuid
    ON CONFLICT ("shopId") DO UPDATE SET "seq" = h."seq" RETURNING h."seq", h."hash"`;
  const [head] = rows;
  if (!head) throw new Error("the audit log's head was not found");
  return head;
}

/** Puts entries behind the locked head, and moves it. One statement. */
export async function appendTo(tx: Transaction, ctx: Context, head: Head, told: readonly Audited[]): Promise<void> {
  if (told.length === 0) return;
  const shopId = ctx.shop.id;
  const at = ctx.clock.now();
  let { seq, hash } = head;
  const entries = told.map((one): ChainedEntry & { hash: string } => {
    seq += 1n;
    const entry: ChainedEntry = {
      shopId,
      seq,
      at,
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      actorName: ctx.actor.kind === "staff" ? ctx.actor.name : null,
      action: one.action,
      subjectKind: one.subjectKind,
      subjectId: one.subjectId,
      detail: one.detail ?? {},
      previousHash: hash,
    };
    hash = hashOf(entry);
    return { ...entry, hash };
  });
  const rows = entries.map(
    (
      one,
    ) => Prisma.sql`(${one.shopId}::uuid, ${one.seq}::bigint, ${one.at}::timestamptz, ${one.actorKind}, ${one.actorId},
      ${one.actorName}, ${one.action}, ${one.subjectKind}, ${one.subjectId}, ${JSON.stringify(one.detail)}::jsonb,
      ${one.previousHash}, ${one.hash})`,
  );
  await tx.$executeRaw`
    WITH added AS (
      INSERT INTO "audit_entry" ("shopId", "seq", "at", "actorKind", "actorId", "actorName", "action", "subjectKind",
        "subjectId", "detail", "previousHash", "hash") VALUES ${Prisma.join(rows)})
    UPDATE "audit_head" SET "seq" = ${seq}::bigint, "hash" = ${hash} WHERE "shopId" = ${shopId}::uuid`;
}
