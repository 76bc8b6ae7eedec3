import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { subjectOf } from "~/timeline/subject";
import { emailForms, phoneForms } from "./address-forms";

/** Who is meant: leaves of ours, customers of Shopify's, and addresses that are proven to be theirs. */
export interface Seed {
  customerIds: readonly string[];
  /** gid://shopify/Customer/… */
  gids: readonly string[];
  /** In any way of writing. */
  emails: readonly string[];
  phones: readonly string[];
}

/** Every key by which rows of one person are found, for the rules in `tables/`. Lists without repetitions. */
export interface Scope {
  shopId: string;
  shopDomain: string;
  customerIds: string[];
  visitorIds: string[];
  conversationIds: string[];
  /** Of those conversations, and of others in which they wrote. */
  messageIds: string[];
  cartIds: string[];
  draftOrderGids: string[];
  gids: string[];
  /** In every way of writing (`address-forms.ts`). */
  emails: string[];
  phones: string[];
  /** Under which channels know them: addresses, numbers, ids of providers. */
  endpoints: string[];
  /** gids of their orders in Shopify, with an account and without. */
  orderIds: string[];
  /** Whose stories in the timeline are theirs. */
  subjectIds: string[];
  /** Conversations of other people in which they wrote, and whose stories those stand in. */
  hostConversationIds: string[];
  hostIds: string[];
}

/** Finds every key of a person. Several statements in the caller's transaction. */
export async function scopeOf(tx: Transaction, ctx: Pick<Context, "shop">, seed: Seed): Promise<Scope> {
  const shopId = ctx.shop.id;
  const customerIds = unique(seed.customerIds);
  const gids = await withMerged(tx, shopId, unique(seed.gids));
  const emails = unique(seed.emails.flatMap(emailForms));
  const phones = unique(seed.phones.flatMap(phoneForms));

  const customerId = { in: customerIds };
  const visitors = await tx.visitor.findMany({
    where: { shopId, OR: [{ customerId }, { signedInAs: { in: gids } }] },
    select: { id: true },
  });
  const visitorIds = ids(visitors);
  const visitorId = { in: visitorIds };
  // Whose a conversation or a message is, its leaf says. A browser may have been somebody else's before, of whom staff then
  // said that they are not this person.
  const conversations = await tx.conversation.findMany({
    where: { shopId, customerId },
    select: { id: true },
  });
  const conversationIds = ids(conversations);
  const conversationId = { in: conversationIds };
  const messages = await tx.message.findMany({
    where: {
      shopId,
      OR: [{ conversationId }, { author: "shopper", OR: [{ customerId }, { customerId: null, visitorId }] }],
    },
    select: { id: true, conversationId: true },
  });
  const hosts = await tx.conversation.findMany({
    where: { shopId, id: { in: unique(messages.map((one) => one.conversationId)), notIn: conversationIds } },
    select: { id: true, customerId: true, visitorId: true },
  });
  const carts = await tx.cart.findMany({ where: { shopId, visitorId }, select: { id: true } });
  const cartIds = ids(carts);
  const drafts = await tx.draftOrder.findMany({
    where: { shopId, OR: [{ conversationId }, { cartId: { in: cartIds } }] },
    select: { shopifyDraftOrderId: true },
  });
  const mine = [{ customerId: { in: gids } }, { cartId: { in: cartIds } }];
  const byAddress = [{ emailKey: { in: emails } }, { phoneKey: { in: phones } }];
  const orders = await tx.shopifyOrder.findMany({
    where: { shopId, OR: [...mine, { customerId: null, OR: byAddress }] },
    select: { id: true, subjectId: true },
  });
  const checkouts = await tx.shopifyCheckout.findMany({
    where: { shopId, OR: mine },
    select: { subjectId: true },
  });
  const shopifyDrafts = await tx.shopifyDraftOrder.findMany({ where: { shopId, OR: mine }, select: { id: true } });
  const endpoints = await tx.endpoint.findMany({ where: { shopId, customerId }, select: { address: true } });
  const stories = [...orders, ...checkouts].map((one) => one.subjectId);
  return {
    shopId,
    shopDomain: ctx.shop.domain,
    customerIds,
    visitorIds,
    conversationIds,
    messageIds: ids(messages),
    cartIds,
    draftOrderGids: unique([...drafts.map((one) => one.shopifyDraftOrderId), ...ids(shopifyDrafts)]),
    gids,
    emails,
    phones,
    endpoints: unique(endpoints.map(({ address }) => address)),
    orderIds: ids(orders),
    hostConversationIds: ids(hosts),
    hostIds: unique(hosts.flatMap((one) => [one.customerId, one.visitorId ?? ""])),
    subjectIds: unique([
      ...customerIds,
      ...visitorIds,
      ...gids.map((gid) => subjectOf(shopId, gid)),
      ...shopifyDrafts.map(({ id }) => subjectOf(shopId, id)),
      ...stories,
    ]),
  };
}

/** Shopify's own merges leave the other customer's record behind, which was theirs too. */
async function withMerged(tx: Transaction, shopId: string, gids: string[]): Promise<string[]> {
  const found = await tx.shopifyCustomer.findMany({
    where: { shopId, mergedInto: { in: gids } },
    select: { id: true },
  });
  return unique([...gids, ...ids(found)]);
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
const unique = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ""))];
