import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { isProven } from "./grades";
import { listed } from "./list";
import { bestOf, type Members, membersOf } from "./members";
import {
  decideSuggestions,
  type SharedIdentifier,
  type Suggestion,
  type SuggestionFacts,
} from "./merging/decide-suggestions";

type How = SharedIdentifier["mine"];
type Held = { kind: "email" | "phone"; value: string; how: How };

/** People looked at for one value: more than that share it, and it says nothing. */
const mostHolders = 12;

/**
 * Who is probably the same person as this one, each with the evidence. Exact matches of normalised values and of browsers;
 * those whom staff have said not to be the same are never among them. Throws NotFound.
 */
export async function suggestions(ctx: Context<StaffActor>, customerId: string): Promise<Suggestion[]> {
  const person = await membersOf(ctx.db.prisma, ctx.shop.id, customerId);
  const mine = await heldBy(ctx, person);
  const found = new Map<string, SuggestionFacts>();
  await addPeople(ctx, person, mine, found);
  await addShopifyCustomers(ctx, person, mine, found);
  await addBrowsers(ctx, person, found);
  await addNamesakes(ctx, person, found);
  const decided = decideSuggestions(await withoutApart(ctx, person, [...found.values()]));
  await auditShown(ctx, decided);
  return decided;
}

/** Names and addresses of other people are shown: each is one who was looked at. */
async function auditShown(ctx: Context<StaffActor>, shown: Suggestion[]): Promise<void> {
  const people = shown.flatMap(({ otherId }) => otherId ?? []);
  const read = people.map((id) => ({ action: "customer.read", subjectKind: "customer", subjectId: id }) as const);
  // Who never was in touch has no id of ours.
  await auditRead(ctx, ...read, ...(people.length < shown.length ? [listed(ctx)] : []));
}

const strength: Record<How, number> = { claimed: 0, shopify: 1, proven: 2 };

/** Addresses and numbers of this person, each once and as well known as it is. */
async function heldBy(ctx: Context, person: Members): Promise<Held[]> {
  const shopId = ctx.shop.id;
  const [identities, records] = await Promise.all([
    ctx.db.prisma.identity.findMany({
      where: { shopId, customerId: { in: person.customerIds }, kind: { in: ["email", "phone"] } },
      select: { kind: true, value: true, grade: true },
    }),
    ctx.db.prisma.shopifyCustomer.findMany({
      where: { shopId, id: { in: person.shopifyCustomerIds } },
      select: { emailKey: true, phoneKey: true },
    }),
  ]);
  const held: Held[] = [
    ...identities.map(({ kind, value, grade }) => ({
      kind: kind as Held["kind"],
      value,
      how: isProven(grade) ? ("proven" as const) : ("claimed" as const),
    })),
    ...records.flatMap(({ emailKey, phoneKey }) => [
      ...(emailKey ? [{ kind: "email" as const, value: emailKey, how: "shopify" as const }] : []),
      ...(phoneKey ? [{ kind: "phone" as const, value: phoneKey, how: "shopify" as const }] : []),
    ]),
  ];
  const best = new Map<string, Held>();
  for (const one of held) {
    const known = best.get(`${one.kind} ${one.value}`);
    if (!known || strength[one.how] > strength[known.how]) best.set(`${one.kind} ${one.value}`, one);
  }
  return [...best.values()].filter((one) => one.value !== "");
}

/** People of ours who say or have shown that one of the values is theirs, or who have it in Shopify. */
async function addPeople(ctx: Context, person: Members, mine: Held[], found: Map<string, SuggestionFacts>) {
  for (const { kind, value, how } of mine) {
    const holders = await ctx.db.prisma.identity.findMany({
      where: { shopId: ctx.shop.id, kind, value, customer: { personId: { not: person.personId } } },
      orderBy: { lastSeenAt: "desc" },
      take: mostHolders,
      select: { grade: true, customer: { select: { personId: true } } },
    });
    for (const { grade, customer } of holders) {
      const theirs = isProven(grade) ? "proven" : "claimed";
      const facts = await ofPerson(ctx, customer.personId, found);
      share(facts, { kind, value, mine: how, theirs });
    }
  }
}

/** Customers in Shopify's record with one of the values, whether they were in touch or not. */
async function addShopifyCustomers(ctx: Context, person: Members, mine: Held[], found: Map<string, SuggestionFacts>) {
  const shopId = ctx.shop.id;
  for (const { kind, value, how } of mine) {
    const records = await ctx.db.prisma.shopifyCustomer.findMany({
      where: {
        shopId,
        ...(kind === "email" ? { emailKey: value } : { phoneKey: value }),
        deletedAt: null,
        mergedInto: null,
        id: { notIn: person.shopifyCustomerIds },
      },
      take: mostHolders,
      select: { id: true, firstName: true, lastName: true, email: true },
    });
    for (const record of records) {
      const where = { shopId_shopifyCustomerId: { shopId, shopifyCustomerId: record.id } };
      const leaf = await ctx.db.prisma.customer.findUnique({ where, select: { personId: true } });
      if (leaf?.personId === person.personId) continue;
      const facts = leaf
        ? await ofPerson(ctx, leaf.personId, found)
        : entry(found, record.id, () => ({
            otherId: null,
            shopifyCustomerId: record.id,
            name: [record.firstName, record.lastName].filter(Boolean).join(" ") || null,
            email: record.email,
            shared: [],
            sameBrowser: false,
            sameName: null,
          }));
      share(facts, { kind, value, mine: how, theirs: "shopify" });
    }
  }
}

/** A browser whose chats lie with one person and that has become another's since. */
async function addBrowsers(ctx: Context, person: Members, found: Map<string, SuggestionFacts>) {
  const { rows } = await ctx.db.sql.query<{ personId: string }>(
    `SELECT DISTINCT o."personId" FROM "visitor" v
       JOIN "conversation" c ON c."shopId" = v."shopId" AND c."visitorId" = v."id"
       JOIN "customer" o ON o."shopId" = c."shopId" AND o."id" = c."customerId"
      WHERE v."shopId" = $1 AND v."customerId" = ANY ($2) AND o."personId" <> $3
     UNION
     SELECT o."personId" FROM "conversation" c
       JOIN "visitor" v ON v."shopId" = c."shopId" AND v."id" = c."visitorId"
       JOIN "customer" o ON o."shopId" = v."shopId" AND o."id" = v."customerId"
      WHERE c."shopId" = $1 AND c."customerId" = ANY ($2) AND o."personId" <> $3
      LIMIT ${mostHolders}`,
    [ctx.shop.id, person.customerIds, person.personId],
  );
  for (const { personId } of rows) (await ofPerson(ctx, personId, found)).sameBrowser = true;
}

/** So many people of one name, and the name says nothing. */
const mostNamesakes = 3;

/**
 * People of the same full name, where one of the two is known by nothing but an id that a provider gave them: nothing else
 * can ever tell that whoever writes on Instagram is a customer.
 */
async function addNamesakes(ctx: Context, person: Members, found: Map<string, SuggestionFacts>) {
  const { name } = bestOf(person.leaves);
  if (!name?.includes(" ")) return;
  const { rows } = await ctx.db.sql.query<{ personId: string; bare: boolean }>(
    `SELECT c."personId", bool_and(NOT EXISTS (
              SELECT 1 FROM "identity" i WHERE i."shopId" = c."shopId" AND i."customerId" = c."id"
                 AND i."kind" IN ('email', 'phone', 'shopify-customer'))) AS "bare"
       FROM "customer" c WHERE c."shopId" = $1 AND c."name" LIKE '% %' AND lower(c."name") = lower($2)
      GROUP BY c."personId" LIMIT ${mostNamesakes + 2}`,
    [ctx.shop.id, name],
  );
  const isBare = rows.find((row) => row.personId === person.personId)?.bare ?? false;
  const others = rows.filter((row) => row.personId !== person.personId);
  if (others.length > mostNamesakes) return;
  for (const { personId, bare } of others) {
    if (isBare || bare) (await ofPerson(ctx, personId, found)).sameName = name;
  }
}

async function ofPerson(ctx: Context, personId: string, found: Map<string, SuggestionFacts>): Promise<SuggestionFacts> {
  const known = found.get(personId);
  if (known) return known;
  const { leaves } = await membersOf(ctx.db.prisma, ctx.shop.id, personId);
  const { name, email, shopifyCustomerId } = bestOf(leaves);
  return entry(found, personId, () => ({
    otherId: personId,
    shopifyCustomerId,
    name,
    email,
    shared: [],
    sameBrowser: false,
    sameName: null,
  }));
}

function entry(found: Map<string, SuggestionFacts>, key: string, make: () => SuggestionFacts): SuggestionFacts {
  const known = found.get(key) ?? make();
  found.set(key, known);
  return known;
}

/** The same value counts once for each other person, as well known as it is. */
function share(facts: SuggestionFacts, shared: SharedIdentifier): void {
  const known = facts.shared.find((one) => one.kind === shared.kind && one.value === shared.value);
  if (!known) facts.shared.push(shared);
  else if (strength[shared.theirs] > strength[known.theirs]) known.theirs = shared.theirs;
}

async function withoutApart(ctx: Context, person: Members, found: SuggestionFacts[]): Promise<SuggestionFacts[]> {
  const mine = { in: person.customerIds };
  const pairs = await ctx.db.prisma.customerApart.findMany({
    where: { shopId: ctx.shop.id, OR: [{ lowId: mine }, { highId: mine }] },
    include: { low: { select: { personId: true } }, high: { select: { personId: true } } },
  });
  const apart = new Set(pairs.flatMap(({ low, high }) => [low.personId, high.personId]));
  return found.filter((one) => one.otherId === null || !apart.has(one.otherId));
}
