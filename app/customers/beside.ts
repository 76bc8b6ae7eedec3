import type { CartLine } from "~/carts/cart";
import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";

/** What staff see of a person beside a conversation, as far as this app knows it. Times are ISO 8601, money minor units. */
export interface PersonBeside {
  customer: {
    id: string;
    shopifyCustomerId: string | null;
    name: string | null;
    email: string | null;
    phone: string | null;
  };
  identities: IdentityBeside[];
  visitor: VisitorBeside | null;
  cart: CartBeside | null;
  draftOrders: DraftOrderBeside[];
  /** Other conversations of the same person, newest first. */
  earlier: { id: string; status: string; lastMessageAt: string; lastMessageText: string }[];
  /** Pages that this browser opened, newest first. */
  viewed: { id: string; path: string; title: string | null; at: string }[];
}

export interface IdentityBeside {
  id: string;
  kind: string;
  value: string;
  grade: string;
  proof: string;
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
const most = { earlier: 5, viewed: 8, draftOrders: 10, browsers: 20 };

/** The person of a conversation and what they do and did. Throws NotFound for a conversation of no or another shop. */
export async function personBeside(ctx: Context<StaffActor>, conversationId: string): Promise<PersonBeside> {
  if (!isId(conversationId)) throw new NotFound("This conversation");
  const shopId = ctx.shop.id;
  const { prisma } = ctx.db;
  const conversation = await prisma.conversation.findUnique({
    where: { shopId_id: { shopId, id: conversationId } },
    include: {
      customer: { include: { identities: { orderBy: { firstSeenAt: "asc" } } } },
      visitor: true,
      draftOrders: { orderBy: { createdAt: "desc" }, take: most.draftOrders },
    },
  });
  if (!conversation) throw new NotFound("This conversation");
  const { customer, visitor } = conversation;
  const browsers = await browsersOf(ctx, conversation);
  const [cart, earlier, viewed] = await Promise.all([
    prisma.cart.findFirst({
      where: { shopId, status: "active", itemCount: { gt: 0 }, visitorId: { in: browsers } },
      orderBy: { changedAt: "desc" },
    }),
    prisma.conversation.findMany({
      where: { shopId, customerId: customer.id, id: { not: conversation.id } },
      orderBy: { lastMessageAt: "desc" },
      take: most.earlier,
      select: { id: true, status: true, lastMessageAt: true, lastMessageText: true },
    }),
    visitor
      ? prisma.pageView.findMany({
          where: { shopId, visitorId: visitor.id },
          orderBy: { at: "desc" },
          take: most.viewed,
          select: { id: true, path: true, title: true, at: true },
        })
      : [],
  ]);
  return {
    customer: {
      id: customer.id,
      shopifyCustomerId: customer.shopifyCustomerId,
      name: customer.name,
      email: customer.email,
      phone: customer.phone,
    },
    identities: customer.identities.map(({ id, kind, value, grade, proof }) => ({ id, kind, value, grade, proof })),
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
    viewed: viewed.map((one) => ({ ...one, at: one.at.toISOString() })),
  };
}

/** The browser that chats; the person's other browsers only where a sign-in ties them together. */
async function browsersOf(
  ctx: Context<StaffActor>,
  conversation: { visitorId: string | null; customer: { id: string; shopifyCustomerId: string | null } },
): Promise<string[]> {
  const { visitorId, customer } = conversation;
  const others = customer.shopifyCustomerId
    ? await ctx.db.prisma.visitor.findMany({
        where: { shopId: ctx.shop.id, customerId: customer.id, signedInAs: customer.shopifyCustomerId },
        orderBy: { lastSeenAt: "desc" },
        take: most.browsers,
        select: { id: true },
      })
    : [];
  return [...(visitorId ? [visitorId] : []), ...others.map((one) => one.id)];
}
