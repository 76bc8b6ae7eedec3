import type { Customer, Visitor } from "@prisma/client";
import type { Context } from "~/context";
import { provenMembers } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { provenCustomer } from "./proven";

/**
 * Whether what a browser was so far may be taken for the customer who proves to be there now. Two people sit down at one
 * browser, in a family and in a library, so a second proof says nothing about who gave the first: only what a nobody left
 * follows. `bind.ts` and `confirm-code.ts` both ask here.
 */
export async function isNobodys(
  tx: Transaction,
  ctx: Context,
  visitor: Pick<Visitor, "customerId" | "signedInAs" | "confirmedAt">,
): Promise<boolean> {
  if (visitor.signedInAs !== null || visitor.confirmedAt !== null) return false;
  if (!visitor.customerId) return true;
  const id = visitor.customerId;
  const leaf = await tx.customer.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id } } });
  return leaf === null || isNobody(tx, ctx, leaf);
}

/** Someone of whom this browser is all there is: nothing is proven, and no other browser is theirs. */
async function isNobody(tx: Transaction, ctx: Context, person: Customer): Promise<boolean> {
  if (person.shopifyCustomerId) return false;
  const where = { shopId: ctx.shop.id, customerId: person.id };
  const proven = await tx.identity.count({ where: { ...where, grade: { not: "claimed" } } });
  const members = await tx.customer.count({ where: { shopId: ctx.shop.id, provenId: person.provenId } });
  return proven === 0 && members === 1 && (await tx.visitor.count({ where })) < 2;
}

/**
 * Whether who confirmed an e-mailed code in this browser is the customer of Shopify's who signs in there now: they are
 * proven to be one already, or the code still holds and Shopify has verified the same address for the customer.
 */
export async function isSamePerson(tx: Transaction, ctx: Context, visitor: Visitor, gid: string): Promise<boolean> {
  const shopId = ctx.shop.id;
  if (visitor.confirmedAt === null || !visitor.customerId) return false;
  const leafIds = await provenMembers(tx, shopId, visitor.customerId);
  const leaves = await tx.customer.findMany({
    where: { shopId, id: { in: leafIds }, shopifyCustomerId: { not: null } },
    select: { shopifyCustomerId: true },
  });
  if (leaves.length > 0) return leaves.some((leaf) => leaf.shopifyCustomerId === gid);
  if (provenCustomer(visitor, ctx.clock.now()) === null) return false;
  const record = await tx.shopifyCustomer.findUnique({
    where: { shopId_id: { shopId, id: gid } },
    select: { emailKey: true, emailVerified: true },
  });
  if (!record?.emailKey || !record.emailVerified) return false;
  const shared = { kind: "email", value: record.emailKey, grade: "emailed-code" };
  return (await tx.identity.count({ where: { shopId, customerId: { in: leafIds }, ...shared } })) > 0;
}
