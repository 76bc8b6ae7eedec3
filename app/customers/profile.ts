import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import type { Identified } from "./beside";
import { bestOf, membersOf } from "./members";
import { identitiesOnce } from "./page/identities";

/** One person on a page of their own. Times are ISO 8601, money minor units. */
export interface Profile {
  /** Of the leaf that stands for the person, also when another was asked for. */
  id: string;
  customerIds: string[];
  name: string | null;
  email: string | null;
  phone: string | null;
  shopifyCustomerId: string | null;
  createdAt: string;
  identities: (Identified & { firstSeenAt: string; lastSeenAt: string })[];
  conversations: ProfileConversation[];
  carts: ProfileCart[];
  visits: { id: string; countryCode: string | null; visits: number; firstSeenAt: string; lastSeenAt: string }[];
}

export interface ProfileConversation {
  id: string;
  channel: string;
  status: string;
  lastMessageText: string;
  lastMessageAt: string;
  assigneeName: string | null;
}

export interface ProfileCart {
  id: string;
  status: string;
  currency: string;
  total: number;
  itemCount: number;
  titles: string[];
  changedAt: string;
}

const most = { conversations: 50, carts: 20, visits: 20 };

/** Everything this app knows of one person of the shop; throws NotFound for any other id. */
export async function profile(ctx: Context<StaffActor>, customerId: string): Promise<Profile> {
  const shopId = ctx.shop.id;
  const { prisma } = ctx.db;
  const person = await membersOf(prisma, shopId, customerId);
  const of = { shopId, customerId: { in: person.customerIds } };
  const [identities, visitors, conversations] = await Promise.all([
    prisma.identity.findMany({ where: of, orderBy: { firstSeenAt: "asc" } }),
    prisma.visitor.findMany({ where: of, orderBy: { lastSeenAt: "desc" }, take: most.visits }),
    prisma.conversation.findMany({ where: of, orderBy: { lastMessageAt: "desc" }, take: most.conversations }),
  ]);
  const assignees = conversations.flatMap((one) => (one.assigneeId ? [one.assigneeId] : []));
  const [staff, carts] = await Promise.all([
    prisma.staff.findMany({ where: { shopId, id: { in: assignees } }, select: { id: true, name: true } }),
    prisma.cart.findMany({
      where: { shopId, visitorId: { in: visitors.map((one) => one.id) } },
      orderBy: { changedAt: "desc" },
      take: most.carts,
    }),
    auditRead(ctx, { action: "customer.read", subjectKind: "customer", subjectId: person.personId }),
  ]);
  const names = new Map(staff.map((one) => [one.id, one.name]));
  return {
    id: person.personId,
    customerIds: person.customerIds,
    ...bestOf(person.leaves),
    createdAt: new Date(Math.min(...person.leaves.map((leaf) => leaf.createdAt.getTime()))).toISOString(),
    identities: identitiesOnce(identities, person.leaves).map(
      ({ id, kind, value, grade, proof, firstSeenAt, lastSeenAt }) => ({
        id,
        kind,
        value,
        grade,
        proof,
        firstSeenAt: firstSeenAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }),
    ),
    conversations: conversations.map((one) => ({
      id: one.id,
      channel: one.channel,
      status: one.status,
      lastMessageText: one.lastMessageText,
      lastMessageAt: one.lastMessageAt.toISOString(),
      assigneeName: one.assigneeId ? (names.get(one.assigneeId) ?? null) : null,
    })),
    carts: carts.map((one) => ({
      id: one.id,
      status: one.status,
      currency: one.currency,
      total: one.total,
      itemCount: one.itemCount,
      titles: (one.lines as { title?: string }[]).map((line) => line.title ?? "").slice(0, 3),
      changedAt: one.changedAt.toISOString(),
    })),
    visits: visitors.map((one) => ({
      id: one.id,
      countryCode: one.countryCode,
      visits: one.visits,
      firstSeenAt: one.firstSeenAt.toISOString(),
      lastSeenAt: one.lastSeenAt.toISOString(),
    })),
  };
}
