import type { Prisma, Visitor } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { newId } from "~/platform/ids";
import { deadHash, hashOfKey, newKey } from "./key";

/** A visitor of its own for a browser of whom nothing may be assumed, and the key that the browser is to keep. */
export async function beginVisitor(
  tx: Transaction,
  ctx: Context,
  known: Omit<Prisma.VisitorUncheckedCreateInput, "shopId" | "id" | "keyHash" | "firstSeenAt" | "visitStartedAt">,
): Promise<{ visitor: Visitor; key: string }> {
  const now = ctx.clock.now();
  const key = newKey();
  const visitor = await tx.visitor.create({
    data: {
      ...known,
      shopId: ctx.shop.id,
      id: newId(now),
      keyHash: hashOfKey(key),
      firstSeenAt: now,
      visitStartedAt: now,
    },
  });
  return { visitor, key };
}

/** The visitor's key and every token of it are void from now on; what it left stays where staff see it. */
export async function endVisitor(tx: Transaction, ctx: Context, visitorId: string): Promise<void> {
  await tx.visitor.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } },
    data: { keyHash: deadHash() },
  });
}
