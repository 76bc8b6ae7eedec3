import type { Context, ShopperActor } from "~/context";
import { newPerson } from "~/conversations/open";
import { keepIdentity } from "~/customers/keep-identity";
import { normaliseEmail } from "~/customers/normalise";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid, NotFound } from "~/http/errors";
import { cleanLine } from "~/platform/clean-line";

/** What a shopper typed about themselves; empty where they typed nothing. */
export interface Claim {
  name: string;
  email: string;
}

/** The claim in what was typed; null when there is none in it. Throws Invalid. */
export function readClaim(input: { name?: string | undefined; email?: string | undefined }): Claim | null {
  const name = cleanLine(input.name ?? "", 500);
  const email = (input.email ?? "").trim();
  if (name.length > 100) throw new Invalid([{ field: "name", message: "This name is too long." }]);
  if (email !== "" && !normaliseEmail(email)) {
    throw new Invalid([{ field: "email", message: "This is not an e-mail address." }]);
  }
  return name === "" && email === "" ? null : { name, email };
}

/**
 * Keeps what the shopper typed about themselves. It is a claim: it is shown to staff as one, never merges people, never
 * takes the place of what Shopify vouches for, and opens nothing. Empty fields are passed over. Throws Invalid.
 */
export async function claim(
  ctx: Context<ShopperActor>,
  input: { name?: string | undefined; email?: string | undefined },
): Promise<void> {
  const read = readClaim(input);
  if (read) await change(ctx, (tx) => keepClaim(tx, ctx, read));
}

/** Keeps a claim in a transaction that is under way. */
export async function keepClaim(tx: Transaction, ctx: Context<ShopperActor>, { name, email }: Claim): Promise<void> {
  const { visitorId } = ctx.actor;
  await tx.$queryRaw`SELECT 1 FROM "visitor" WHERE "shopId" = ${ctx.shop.id}::uuid AND "id" = ${visitorId}::uuid FOR UPDATE`;
  const visitor = await tx.visitor.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: visitorId } } });
  if (!visitor) throw new NotFound("This session");
  const customerId = visitor.customerId ?? (await newPerson(tx, ctx, visitorId));
  const customer = await tx.customer.findUniqueOrThrow({
    where: { shopId_id: { shopId: ctx.shop.id, id: customerId } },
  });
  const now = ctx.clock.now();
  const value = normaliseEmail(email);
  if (value) {
    const known = { grade: "claimed", proof: "typed in the chat" } as const;
    if (await keepIdentity(tx, ctx, customerId, { kind: "email", value }, known)) {
      await record(tx, ctx, "customer.identified", { grade: "claimed", identity: "email" }, { customerId, visitorId });
    }
  }
  // A customer of Shopify's keeps the name and address that Shopify has.
  if (customer.shopifyCustomerId) return;
  const proven = await tx.identity.count({
    where: { shopId: ctx.shop.id, customerId, kind: "email", grade: { not: "claimed" } },
  });
  const isTold = email !== "" && proven === 0;
  await tx.customer.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: customerId } },
    data: { ...(name === "" ? {} : { name }), ...(isTold ? { email } : {}), updatedAt: now },
  });
}
