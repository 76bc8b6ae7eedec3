import { auditRead } from "~/audit/audit-read";
import type { CartLine } from "~/carts/cart";
import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { provenCustomer } from "~/visitors/proven";
import { isProven } from "./grades";
import { bestOf, type Members, membersOf } from "./members";
import { type Endpoint, endpointsOf } from "./page/endpoints";
import { identitiesOnce } from "./page/identities";

/** What staff see of a person beside a conversation, as far as this app knows it. Times are ISO 8601, money minor units. */
export interface PersonBeside {
  customer: {
    id: string;
    shopifyCustomerId: string | null;
    name: string | null;
    email: string | null;
    phone: string | null;
    /** All leaves of the person, the one that stands for them first: facts name any of them. */
    customerIds: string[];
  };
  identities: IdentityBeside[];
  /** Shopify's customers with an address or number that this person only says is theirs: their orders stay closed. */
  claimed: ClaimedCustomer[];
  /** Where an answer reaches them; `here` is the one of this conversation. */
  endpoints: (Endpoint & { here: boolean })[];
  visitor: VisitorBeside | null;
  cart: CartBeside | null;
  draftOrders: DraftOrderBeside[];
  /** Other conversations of the same person, newest first. */
  earlier: { id: string; status: string; lastMessageAt: string; lastMessageText: string }[];
}

export interface ClaimedCustomer {
  /** As typed, normalised. */
  value: string;
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  name: string | null;
  orders: number;
}

export interface Identified {
  id: string;
  kind: string;
  value: string;
  grade: string;
  proof: string;
}

export interface IdentityBeside extends Identified {
  /** Known only of somebody with whom they were merged: whoever writes in this conversation has not shown it. */
  elsewhere: boolean;
}

export interface VisitorBeside {
  id: string;
  countryCode: string | null;
  locale: string | null;
  visits: number;
  pageUrl: string | null;
  pageTitle: string | null;
  lastSeenAt: string;
}

export interface CartBeside {
  id: string;
  currency: string;
  total: number;
  itemCount: number;
  lines: CartLine[];
  discountCodes: string[];
  changedAt: string;
}

export interface DraftOrderBeside {
  id: string;
  name: string;
  status: string;
  currency: string;
  total: number;
  createdAt: string;
}

/** How much of each is read; the rest is on the page of the person. */
const most = { earlier: 5, draftOrders: 10, browsers: 20, claimed: 3 };

/**
 * The person of a conversation and what they do and did. That it was read stands in the audit log. Throws NotFound for a
 * conversation of no or another shop.
 */
export async function personBeside(ctx: Context<StaffActor>, conversationId: string): Promise<PersonBeside> {
  if (!isId(conversationId)) throw new NotFound("This conversation");
  const shopId = ctx.shop.id;
  const { prisma } = ctx.db;
  const conversation = await prisma.conversation.findUnique({
    where: { shopId_id: { shopId, id: conversationId } },
    include: {
      visitor: true,
      draftOrders: { orderBy: { createdAt: "desc" }, take: most.draftOrders },
    },
  });
  if (!conversation) throw new NotFound("This conversation");
  const { visitor } = conversation;
  const person = await membersOf(prisma, shopId, conversation.customerId);
  const customerId = { in: person.customerIds };
  const browsers = await browsersBeside(ctx, conversation, person);
  const [rows, cart, earlier, endpoints] = await Promise.all([
    prisma.identity.findMany({ where: { shopId, customerId }, orderBy: { firstSeenAt: "asc" } }),
    prisma.cart.findFirst({
      where: { shopId, status: "active", itemCount: { gt: 0 }, visitorId: { in: browsers } },
      orderBy: { changedAt: "desc" },
    }),
    prisma.conversation.findMany({
      where: { shopId, customerId, id: { not: conversation.id } },
      orderBy: { lastMessageAt: "desc" },
      take: most.earlier,
      select: { id: true, status: true, lastMessageAt: true, lastMessageText: true },
    }),
    endpointsOf(ctx, person),
    auditRead(ctx, { action: "customer.read", subjectKind: "customer", subjectId: person.personId }),
  ]);
  const mine = person.leaves.find((leaf) => leaf.id === conversation.customerId)?.provenId;
  const shownHere = new Set(person.leaves.flatMap((leaf) => (leaf.provenId === mine ? [leaf.id] : [])));
  const [here, there] = [
    rows.filter((row) => shownHere.has(row.customerId)),
    rows.filter((row) => !shownHere.has(row.customerId)),
  ];
  const identities = [
    ...identitiesOnce(here, person.leaves).map((one) => ({ ...one, elsewhere: false })),
    ...identitiesOnce(there, person.leaves).map((one) => ({ ...one, elsewhere: true })),
  ].filter((one, index, all) => all.findIndex((each) => isSame(each, one)) === index);
  return {
    customer: { id: person.personId, ...bestOf(person.leaves), customerIds: person.customerIds },
    identities: identities.map(({ id, kind, value, grade, proof, elsewhere }) => ({
      ...{ id, kind, value, grade, proof, elsewhere },
    })),
    claimed: await claimedCustomers(ctx, person, identities),
    endpoints: endpoints.map((one) => ({
      ...one,
      here: one.conversationId === conversation.id || one.browserIds.includes(visitor?.id ?? ""),
    })),
    visitor: visitor && {
      id: visitor.id,
      countryCode: visitor.countryCode,
      locale: visitor.locale,
      visits: visitor.visits,
      pageUrl: visitor.pageUrl,
      pageTitle: visitor.pageTitle,
      lastSeenAt: visitor.lastSeenAt.toISOString(),
    },
    cart: cart && {
      id: cart.id,
      currency: cart.currency,
      total: cart.total,
      itemCount: cart.itemCount,
      lines: cart.lines as unknown as CartLine[],
      discountCodes: cart.discountCodes,
      changedAt: cart.changedAt.toISOString(),
    },
    draftOrders: conversation.draftOrders.map(({ id, name, status, currency, total, createdAt }) => ({
      id,
      name,
      status,
      currency,
      total,
      createdAt: createdAt.toISOString(),
    })),
    earlier: earlier.map((one) => ({ ...one, lastMessageAt: one.lastMessageAt.toISOString() })),
  };
}

/** Said twice: elsewhere it is no better known than here. */
function isSame(here: Identified, there: Identified): boolean {
  const better = isProven(there.grade) && !isProven(here.grade);
  return here.kind === there.kind && here.value === there.value && !better;
}

/** Whom of Shopify's customers this person says to be, without having shown it. */
async function claimedCustomers(
  ctx: Context<StaffActor>,
  person: Members,
  identities: { kind: string; value: string; grade: string }[],
): Promise<ClaimedCustomer[]> {
  const claims = identities.filter((one) => !isProven(one.grade));
  const values = (kind: string) =>
    claims.filter((one) => one.kind === kind && one.value !== "").map((one) => one.value);
  if (claims.length === 0) return [];
  const found = await ctx.db.prisma.shopifyCustomer.findMany({
    where: {
      shopId: ctx.shop.id,
      id: { notIn: person.shopifyCustomerIds },
      deletedAt: null,
      mergedInto: null,
      OR: [{ emailKey: { in: values("email") } }, { phoneKey: { in: values("phone") } }],
    },
    take: most.claimed,
    select: { id: true, firstName: true, lastName: true, orderCount: true, emailKey: true, phoneKey: true },
  });
  return found.map((one) => ({
    value: values("email").find((value) => value === one.emailKey) ?? one.phoneKey ?? "",
    shopifyCustomerId: one.id,
    name: [one.firstName, one.lastName].filter(Boolean).join(" ") || null,
    orders: one.orderCount,
  }));
}

/** The browser that chats; the person's other browsers only where it is proven that they are theirs. */
async function browsersBeside(
  ctx: Context<StaffActor>,
  { visitorId }: { visitorId: string | null },
  person: Members,
): Promise<string[]> {
  const now = ctx.clock.now();
  const found = await ctx.db.prisma.visitor.findMany({
    where: { shopId: ctx.shop.id, customerId: { in: person.customerIds } },
    orderBy: { lastSeenAt: "desc" },
    take: most.browsers,
    select: { id: true, customerId: true, signedInAs: true, confirmedAt: true },
  });
  const others = found.filter((one) => one.id !== visitorId && provenCustomer(one, now));
  return [...(visitorId ? [visitorId] : []), ...others.map((one) => one.id)];
}
