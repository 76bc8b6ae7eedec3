import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { bestOf, type Members, membersOf } from "~/customers/members";
import { Invalid } from "~/http/errors";
import { reachOf } from "./reach";
import { summaryOf } from "./summary";

/** Which of Shopify's records is looked at. */
export type RecordNamed = { customer: string } | { order: string };

/** What stands on Shopify's own page of a customer or an order. Times are ISO 8601. */
export interface RecordView {
  /** gid of the customer; null for an order without one, or one that we have not heard of yet. */
  shopifyCustomerId: string | null;
  name: string | null;
  /** Newest first, the latest few. */
  conversations: RecordConversation[];
  openMatters: number;
  waitingSince: string | null;
  /** Mean of one to five, and of how many. */
  satisfaction: number | null;
  ratings: number;
  /** Whether staff can write to them first, and why not. */
  reach: { possible: boolean; words: string };
  /** IANA name of the store's time zone, in which its staff read times. */
  timeZone: string | null;
}

export interface RecordConversation {
  id: string;
  channel: string;
  status: string;
  lastMessageText: string;
  lastMessageFrom: string;
  lastMessageAt: string;
  assigneeName: string | null;
}

const shown = 5;
const summed = 500;

/**
 * The conversations of the person behind one of Shopify's records. Reading it is noted in the audit log as looking at
 * the customer. A customer who never wrote has an empty one. Throws Invalid for what is no id of Shopify's.
 */
export async function readRecord(ctx: Context<StaffActor>, named: RecordNamed): Promise<RecordView> {
  const gid = "customer" in named ? checked(named.customer, "Customer") : await customerOf(ctx, named.order);
  const members = gid ? await knownAs(ctx, gid) : null;
  const shop = await ctx.db.prisma.shop.findUnique({ where: { id: ctx.shop.id }, select: { timezone: true } });
  const timeZone = shop?.timezone ?? null;
  if (!gid || !members) return { ...nobody, shopifyCustomerId: gid, reach: await reachOf(ctx, gid), timeZone };
  const shopId = ctx.shop.id;
  const [conversations, reach] = await Promise.all([
    ctx.db.prisma.conversation.findMany({
      where: { shopId, customerId: { in: members.customerIds } },
      orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
      take: summed,
      include: { rating: { select: { score: true } } },
    }),
    reachOf(ctx, gid),
    auditRead(ctx, { action: "customer.read", subjectKind: "customer", subjectId: members.personId }),
  ]);
  const latest = conversations.slice(0, shown);
  const staff = await ctx.db.prisma.staff.findMany({
    where: { shopId, id: { in: latest.flatMap((one) => one.assigneeId ?? []) } },
    select: { id: true, name: true },
  });
  const summary = summaryOf(conversations.map((one) => ({ ...one, score: one.rating?.score ?? null })));
  return {
    shopifyCustomerId: gid,
    name: bestOf(members.leaves).name,
    conversations: latest.map((one) => ({
      id: one.id,
      channel: one.channel,
      status: one.status,
      lastMessageText: one.lastMessageText,
      lastMessageFrom: one.lastMessageFrom,
      lastMessageAt: one.lastMessageAt.toISOString(),
      assigneeName: staff.find(({ id }) => id === one.assigneeId)?.name ?? null,
    })),
    openMatters: summary.openMatters,
    waitingSince: summary.waitingSince,
    satisfaction: summary.satisfaction,
    ratings: summary.ratings,
    reach,
    timeZone,
  };
}

const nobody = {
  name: null,
  conversations: [],
  openMatters: 0,
  waitingSince: null,
  satisfaction: null,
  ratings: 0,
} satisfies Omit<RecordView, "shopifyCustomerId" | "reach" | "timeZone">;

function checked(gid: string, type: "Customer" | "Order"): string {
  if (new RegExp(`^gid://shopify/${type}/\\d{1,20}$`).test(gid)) return gid;
  throw new Invalid([{ field: type.toLowerCase(), message: "This is no id of Shopify's." }]);
}

/** Whose order it is, as far as the mirror of Shopify's orders knows. */
async function customerOf(ctx: Context, order: string): Promise<string | null> {
  const found = await ctx.db.prisma.shopifyOrder.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: checked(order, "Order") } },
    select: { customerId: true },
  });
  return found?.customerId ?? null;
}

async function knownAs(ctx: Context, gid: string): Promise<Members | null> {
  const { prisma } = ctx.db;
  const known = await prisma.customer.findUnique({
    where: { shopId_shopifyCustomerId: { shopId: ctx.shop.id, shopifyCustomerId: gid } },
    select: { id: true },
  });
  return known && membersOf(prisma, ctx.shop.id, known.id);
}
