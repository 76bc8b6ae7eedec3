import type { Context, StaffActor } from "~/context";
import { otherIs } from "../link-kinds";
import { bestOf, type Members, membersOf } from "../members";
import type { Suggestion } from "../merging/decide-suggestions";
import { suggestions } from "../suggest";
import { type Endpoint, endpointsOf } from "./endpoints";
import { listOrders, type OrderRow } from "./orders";

/** Somebody else, as a line that leads to them. */
export interface OtherPerson {
  id: string;
  name: string | null;
  email: string | null;
}

/** What the page of a person shows beside their story. Times are ISO 8601. */
export interface Known {
  notes: { id: string; text: string; at: string; staffName: string | null }[];
  links: { id: string; words: string; other: OtherPerson; at: string }[];
  merges: {
    id: string;
    from: OtherPerson;
    into: OtherPerson;
    evidence: string;
    reason: string | null;
    at: string;
    byName: string | null;
    undoneAt: string | null;
    undoneByName: string | null;
  }[];
  suggestions: Suggestion[];
  endpoints: Endpoint[];
  orders: OrderRow[];
}

const most = { notes: 50, merges: 30 };

/** What is known of a person besides their profile. Throws NotFound. */
export async function known(ctx: Context<StaffActor>, customerId: string): Promise<Known> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const person = await membersOf(prisma, shopId, customerId);
  const mine = { in: person.customerIds };
  const [notes, links, merges, probable, endpoints, orders] = await Promise.all([
    prisma.customerNote.findMany({ where: { shopId, customerId: mine }, orderBy: { at: "desc" }, take: most.notes }),
    prisma.customerLink.findMany({
      where: { shopId, endedAt: null, OR: [{ fromId: mine }, { toId: mine }] },
      orderBy: { at: "desc" },
    }),
    prisma.customerMerge.findMany({
      where: { shopId, OR: [{ fromId: mine }, { intoId: mine }] },
      orderBy: { at: "desc" },
      take: most.merges,
    }),
    suggestions(ctx, person.personId),
    endpointsOf(ctx, person),
    listOrders(ctx, person.shopifyCustomerIds),
  ]);
  const others = links.map((link) => (person.customerIds.includes(link.fromId) ? link.toId : link.fromId));
  const people = await peopleOf(ctx, others);
  const leaves = await leavesOf(
    ctx,
    merges.flatMap(({ fromId, intoId }) => [fromId, intoId]),
  );
  const staff = await staffNames(ctx, [
    ...notes.map((note) => note.staffId),
    ...merges.flatMap(({ actor, actorId, undoneById }) => [actor === "staff" ? actorId : null, undoneById]),
  ]);
  return {
    notes: notes.map(({ id, text, at, staffId }) => ({ id, text, at: at.toISOString(), staffName: staff(staffId) })),
    links: links.map((link, index) => ({
      id: link.id,
      words: otherIs(link.kind, person.customerIds.includes(link.fromId)),
      other: people.get(others[index] as string) as OtherPerson,
      at: link.at.toISOString(),
    })),
    merges: merges.map((row) => ({
      id: row.id,
      from: leaves.get(row.fromId) as OtherPerson,
      into: leaves.get(row.intoId) as OtherPerson,
      evidence: row.evidence,
      reason: row.reason,
      at: row.at.toISOString(),
      byName: row.actor === "staff" ? staff(row.actorId) : null,
      undoneAt: row.undoneAt?.toISOString() ?? null,
      undoneByName: staff(row.undoneById),
    })),
    suggestions: probable,
    endpoints,
    orders,
  };
}

async function peopleOf(ctx: Context, ids: readonly string[]): Promise<Map<string, OtherPerson>> {
  const found = new Map<string, OtherPerson>();
  for (const id of new Set(ids)) {
    const members: Members = await membersOf(ctx.db.prisma, ctx.shop.id, id);
    const { name, email } = bestOf(members.leaves);
    found.set(id, { id: members.personId, name, email });
  }
  return found;
}

async function leavesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, OtherPerson>> {
  const found = await ctx.db.prisma.customer.findMany({
    where: { shopId: ctx.shop.id, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(found.map((one) => [one.id, one]));
}

async function staffNames(
  ctx: Context,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> {
  const found = await ctx.db.prisma.staff.findMany({
    where: { shopId: ctx.shop.id, id: { in: ids.flatMap((id) => id ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(found.map((one) => [one.id, one.name]));
  return (id) => (id ? (names.get(id) ?? null) : null);
}
