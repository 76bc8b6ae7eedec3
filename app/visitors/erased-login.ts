import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { comeBack, isErased } from "~/privacy/tombstones";

/**
 * As whom a browser is served that is signed in to the storefront as `gid`. Shopify says that somebody is signed in, and
 * not since when: a login of before an erasure must not bring the person back with the next page. So an erased one is a
 * guest until they have written something, or confirmed an e-mailed code, in this browser since; then they are back.
 */
export async function signedInAfterErasure(
  tx: Transaction,
  ctx: Context,
  keyHash: string | null,
  gid: string | null,
): Promise<string | null> {
  const shopId = ctx.shop.id;
  if (!gid || !(await isErased(tx, shopId, { gid }))) return gid;
  // What the person had before went with them, so whatever this browser has shown was shown since.
  const visitor = keyHash
    ? await tx.visitor.findUnique({
        where: { shopId_keyHash: { shopId, keyHash } },
        select: { id: true, confirmedAt: true },
      })
    : null;
  if (!visitor) return null;
  const wrote = await tx.message.findFirst({
    where: { shopId, author: "shopper", visitorId: visitor.id },
    select: { id: true },
  });
  if (!wrote && !visitor.confirmedAt) return null;
  await comeBack(tx, shopId, { gid }, ctx.clock.now());
  return gid;
}
