import { consentOfMet } from "~/consent/from-shopify";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { Problem } from "~/http/errors";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";
import { isErased } from "~/privacy/tombstones";
import { lockPeople } from "./settle";

/** The person was erased here: only they themselves can begin anew (`app/visitors/erased-login.ts`). */
export class Erased extends Problem {
  constructor() {
    super(
      410,
      "erased",
      "This person was erased from this app, and begins anew only when they write again themselves.",
    );
  }
}

/**
 * Our customer for one of Shopify's, made at first sight: at their first contact, or when staff open them. Gives our id.
 * What is mirrored of a new one is known at once, and Shopify is asked in a job. Throws Erased.
 */
export async function meet(tx: Transaction, ctx: Context, shopifyCustomerId: string): Promise<string> {
  const now = ctx.clock.now();
  const shopId = ctx.shop.id;
  const where = { shopId_shopifyCustomerId: { shopId, shopifyCustomerId } };
  const known = await tx.customer.findUnique({ where, select: { id: true } });
  if (known) return known.id;
  // An erasure of theirs that is under way has laid its tombstone when this has its turn.
  await lockPeople(tx, shopId);
  if (await isErased(tx, shopId, { gid: shopifyCustomerId })) throw new Erased();
  // Two may meet the same one at once: the row is made by one of them and found by the other.
  const mirrored = await tx.shopifyCustomer.findUnique({ where: { shopId_id: { shopId, id: shopifyCustomerId } } });
  const name = [mirrored?.firstName, mirrored?.lastName].filter(Boolean).join(" ") || null;
  const made = await tx.$executeRaw`
    INSERT INTO "customer" ("shopId", "id", "shopifyCustomerId", "name", "email", "phone", "createdAt", "updatedAt")
    VALUES (${shopId}::uuid, ${newId(now)}::uuid, ${shopifyCustomerId}, ${name}, ${mirrored?.email ?? null},
            ${mirrored?.phone ?? null}, ${now}, ${now})
    ON CONFLICT ("shopId", "shopifyCustomerId") DO NOTHING`;
  if (made > 0) {
    await consentOfMet(tx, ctx, shopifyCustomerId);
    await enqueue(tx, "know-customer", { shopId, shopifyCustomerId });
  }
  const { id } = await tx.customer.findUniqueOrThrow({ where, select: { id: true } });
  return id;
}
