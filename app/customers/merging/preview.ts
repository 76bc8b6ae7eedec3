import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { linkWords } from "../link-kinds";
import { bestOf, type Members, membersOf } from "../members";
import { type Contradiction, decideContradictions, type SideFacts } from "./decide-contradictions";

/** One of the two, and how much there is of them. */
export interface MergeSide {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  shopifyCustomerId: string | null;
  counts: { conversations: number; notes: number; browsers: number; carts: number; orders: number };
}

export interface MergePreview {
  /** They are one person already; nothing would change. */
  alreadyOne: boolean;
  sides: [MergeSide, MergeSide];
  contradictions: Contradiction[];
}

/** What would come together, and what speaks against it. Throws NotFound for people of no or another shop. */
export async function mergePreview(
  ctx: Context<StaffActor>,
  input: { customerId: string; otherId: string },
): Promise<MergePreview> {
  const { prisma } = ctx.db;
  const [one, other] = await Promise.all([
    membersOf(prisma, ctx.shop.id, input.customerId),
    membersOf(prisma, ctx.shop.id, input.otherId),
  ]);
  const alreadyOne = one.personId === other.personId;
  const read = (id: string) => ({ action: "customer.read", subjectKind: "customer", subjectId: id }) as const;
  const [mine, theirs, contradictions] = await Promise.all([
    sideOf(ctx, one),
    sideOf(ctx, other),
    alreadyOne ? [] : contradictionsBetween(prisma, ctx.shop.id, one, other),
    auditRead(ctx, ...[...new Set([one.personId, other.personId])].map(read)),
  ]);
  return { alreadyOne, sides: [mine, theirs], contradictions };
}

type Reader = Pick<Transaction, "identity" | "customerApart" | "customerLink" | "customerMerge" | "customer">;

/** What speaks against these two people being one, as it stands now. */
export async function contradictionsBetween(
  prisma: Reader,
  shopId: string,
  one: Members,
  other: Members,
): Promise<Contradiction[]> {
  const between = { in: [...one.customerIds, ...other.customerIds] };
  const pairs = [
    { one: { in: one.customerIds }, other: { in: other.customerIds } },
    { one: { in: other.customerIds }, other: { in: one.customerIds } },
  ];
  const [identities, apart, link, gone] = [
    await prisma.identity.findMany({ where: { shopId, customerId: between, grade: { not: "claimed" } } }),
    await prisma.customerApart.count({
      where: { shopId, OR: pairs.map((pair) => ({ lowId: pair.one, highId: pair.other })) },
    }),
    await prisma.customerLink.findFirst({
      where: { shopId, endedAt: null, OR: pairs.map((pair) => ({ fromId: pair.one, toId: pair.other })) },
    }),
    await prisma.customerMerge.findMany({ where: { shopId, evidence: "shopify", undoneAt: null, fromId: between } }),
  ];
  const away = new Set(gone.map((row) => row.fromId));
  const facts = (side: Members): SideFacts => {
    const of = (kind: string) =>
      identities
        .filter((each) => each.kind === kind && side.customerIds.includes(each.customerId))
        .map((each) => each.value);
    return {
      shopifyCustomerIds: side.leaves.flatMap((leaf) => (away.has(leaf.id) ? [] : (leaf.shopifyCustomerId ?? []))),
      emails: of("email"),
      phones: of("phone"),
    };
  };
  return decideContradictions(facts(one), facts(other), {
    saidNotTheSame: apart > 0,
    linkedAs: link ? linkWords(link.kind) : null,
  });
}

async function sideOf(ctx: Context, side: Members): Promise<MergeSide> {
  const { prisma } = ctx.db;
  const of = { shopId: ctx.shop.id, customerId: { in: side.customerIds } };
  const browsers = await prisma.visitor.findMany({ where: of, select: { id: true }, take: 1_000 });
  const [conversations, notes, carts, orders] = await Promise.all([
    prisma.conversation.count({ where: of }),
    prisma.customerNote.count({ where: of }),
    prisma.cart.count({ where: { shopId: ctx.shop.id, visitorId: { in: browsers.map((each) => each.id) } } }),
    prisma.shopifyOrder.count({ where: { shopId: ctx.shop.id, customerId: { in: side.shopifyCustomerIds } } }),
  ]);
  return {
    id: side.personId,
    ...bestOf(side.leaves),
    counts: { conversations, notes, browsers: browsers.length, carts, orders },
  };
}
