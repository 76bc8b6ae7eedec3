import type { Customer, Visitor } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { enqueue } from "~/jobs/enqueue";
import { newId } from "~/platform/ids";

/**
 * The customer whom the storefront vouches for, made at first sight. Only Shopify's signature leads here; what a
 * shopper types never does.
 */
export async function customerSignedInAs(tx: Transaction, ctx: Context, gid: string): Promise<Customer> {
  const now = ctx.clock.now();
  // Two browsers of one customer may come at once: the row is made by one of them and found by the other.
  await tx.$executeRaw`
    INSERT INTO "customer" ("shopId", "id", "shopifyCustomerId", "createdAt", "updatedAt")
    VALUES (${ctx.shop.id}::uuid, ${newId(now)}::uuid, ${gid}, ${now}, ${now})
    ON CONFLICT ("shopId", "shopifyCustomerId") DO NOTHING`;
  const customer = await tx.customer.findUniqueOrThrow({
    where: { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId: gid } },
  });
  await vouch(tx, ctx, customer.id, gid);
  return customer;
}

/** Ties a browser that was nobody's to the customer now signed in on it; its chats follow. */
export async function bind(tx: Transaction, ctx: Context, visitor: Visitor, gid: string): Promise<Customer> {
  const before = visitor.customerId
    ? await tx.customer.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: visitor.customerId } } })
    : null;
  const known = await tx.customer.findUnique({
    where: { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId: gid } },
  });
  const customer =
    before && !before.shopifyCustomerId && !known
      ? await prove(tx, ctx, before, gid)
      : await customerSignedInAs(tx, ctx, gid);
  await tx.visitor.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitor.id } },
    data: { customerId: customer.id, signedInAs: gid },
  });
  if (before && before.id !== customer.id) await follow(tx, ctx, visitor, before, customer);
  const chat = await tx.conversation.findFirst({
    where: { shopId: ctx.shop.id, visitorId: visitor.id },
    orderBy: { lastMessageAt: "desc" },
    select: { id: true },
  });
  const subjects = { customerId: customer.id, visitorId: visitor.id, conversationId: chat?.id ?? null };
  await record(tx, ctx, "customer.identified", { grade: "signed-in", identity: "shopify-customer" }, subjects);
  return customer;
}

/** The person of this browser so far turns out to be this customer. */
async function prove(tx: Transaction, ctx: Context, person: Customer, gid: string): Promise<Customer> {
  const customer = await tx.customer.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: person.id } },
    data: { shopifyCustomerId: gid, updatedAt: ctx.clock.now() },
  });
  await vouch(tx, ctx, customer.id, gid);
  return customer;
}

/** Moves this browser's chats and what was typed in them to `to`; `from` goes when nothing of it is left. */
async function follow(tx: Transaction, ctx: Context, visitor: Visitor, from: Customer, to: Customer): Promise<void> {
  const shopId = ctx.shop.id;
  // A person whom Shopify or staff have vouched for keeps what is theirs: only chats of a nobody move along.
  if (from.shopifyCustomerId) return;
  await tx.conversation.updateMany({
    where: { shopId, visitorId: visitor.id, customerId: from.id },
    data: { customerId: to.id },
  });
  const left = await tx.conversation.count({ where: { shopId, customerId: from.id } });
  const others = await tx.visitor.count({ where: { shopId, customerId: from.id } });
  if (left > 0 || others > 0) return;
  const claims = await tx.identity.findMany({ where: { shopId, customerId: from.id } });
  for (const { kind, value } of claims) {
    const same = await tx.identity.count({ where: { shopId, customerId: to.id, kind, value } });
    if (same === 0) {
      await tx.identity.updateMany({
        where: { shopId, customerId: from.id, kind, value },
        data: { customerId: to.id },
      });
    }
  }
  await tx.customer.delete({ where: { shopId_id: { shopId, id: from.id } } });
}

async function vouch(tx: Transaction, ctx: Context, customerId: string, gid: string): Promise<void> {
  const now = ctx.clock.now();
  const key = { shopId: ctx.shop.id, customerId, kind: "shopify-customer", value: gid };
  const known = await tx.identity.findUnique({ where: { shopId_customerId_kind_value: key } });
  if (known) {
    await tx.identity.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: known.id } },
      data: { lastSeenAt: now, ...(known.grade === "staff-confirmed" ? {} : { grade: "signed-in" }) },
    });
    return;
  }
  await tx.identity.create({
    data: {
      ...key,
      id: newId(now),
      grade: "signed-in",
      proof: "signed in to the storefront",
      firstSeenAt: now,
      lastSeenAt: now,
    },
  });
  await enqueue(tx, "know-customer", { shopId: ctx.shop.id, shopifyCustomerId: gid });
}
