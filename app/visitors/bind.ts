import type { Customer, Visitor } from "@prisma/client";
import { consentOfMet } from "~/consent/from-shopify";
import type { Context } from "~/context";
import { join } from "~/customers/join";
import { keepIdentity } from "~/customers/keep-identity";
import { meet } from "~/customers/meet";
import { settle } from "~/customers/settle";
import type { Transaction } from "~/db.server";
import { record } from "~/events/record";
import { enqueue } from "~/jobs/enqueue";
import { isNobodys } from "./becomes";

/**
 * The customer whom the storefront vouches for, made at first sight. Only Shopify's signature leads here; what a
 * shopper types never does. Throws Erased for somebody who was erased and is not back (`erased-login.ts`).
 */
export async function customerSignedInAs(tx: Transaction, ctx: Context, gid: string): Promise<Customer> {
  const id = await meet(tx, ctx, gid);
  await vouch(tx, ctx, id, gid);
  return tx.customer.findUniqueOrThrow({ where: { shopId_id: { shopId: ctx.shop.id, id } } });
}

/**
 * Ties a browser to the customer now signed in on it, under `lockPeople`, when what it was may follow (`becomes.ts`). That
 * stays with the person it was then, who is that customer from now on: as an entry in the ledger when Shopify's customer
 * was known before.
 */
export async function bind(tx: Transaction, ctx: Context, visitor: Visitor, gid: string): Promise<Customer> {
  const before = visitor.customerId
    ? await tx.customer.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: visitor.customerId } } })
    : null;
  const known = await tx.customer.findUnique({
    where: { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId: gid } },
  });
  const customer =
    before && !known && (await isNobodys(tx, ctx, visitor))
      ? await prove(tx, ctx, before, gid)
      : await customerSignedInAs(tx, ctx, gid);
  await tx.visitor.update({
    where: { shopId_id: { shopId: ctx.shop.id, id: visitor.id } },
    data: { customerId: customer.id, signedInAs: gid },
  });
  if (before && before.id !== customer.id) {
    await join(tx, ctx, { fromId: before.id, intoId: customer.id, evidence: "signed-in" });
  }
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
  // Staff may hold them for one with others: a customer of Shopify's stands for the person.
  await settle(tx, ctx, [customer.id]);
  await consentOfMet(tx, ctx, gid);
  await enqueue(tx, "know-customer", { shopId: ctx.shop.id, shopifyCustomerId: gid });
  return customer;
}

async function vouch(tx: Transaction, ctx: Context, customerId: string, gid: string): Promise<void> {
  const known = { grade: "signed-in", proof: "signed in to the storefront" } as const;
  await keepIdentity(tx, ctx, customerId, { kind: "shopify-customer", value: gid }, known);
}
