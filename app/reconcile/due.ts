import type { AppContext, Context } from "~/context";
import type { Transaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue";
import type { Kind } from "~/shopify-data/kinds";

/** What one burst tells of a record is read once: so many milliseconds pass before it is. */
const gathering = 1_000;
/** Whoever takes a record has so many milliseconds to read it. */
const leased = 3 * 60_000;

export interface Due {
  kind: Kind;
  /** gid://shopify/… */
  id: string;
}

/** Notes records that are to be read again, once each however often they are noted, and asks for that to be done. */
export async function noteDue(tx: Transaction, ctx: Context, noted: readonly Due[]): Promise<void> {
  const once = new Map(noted.map((one) => [`${one.kind} ${one.id}`, one]));
  // In one order by everybody, so that two who note the same never wait for each other.
  const due = [...once.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
  if (due.length === 0) return;
  const now = ctx.clock.now();
  await tx.$executeRaw`
    INSERT INTO "shopify_due" ("shopId", "kind", "id", "since", "notedAt")
    SELECT ${ctx.shop.id}::uuid, d."kind", d."id", ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
      FROM unnest(${due.map((one) => one.kind)}::text[], ${due.map((one) => one.id)}::text[]) WITH ORDINALITY AS d("kind", "id", "place")
     ORDER BY d."place"
        ON CONFLICT ("shopId", "kind", "id") DO UPDATE SET "noted" = "shopify_due"."noted" + 1, "notedAt" = EXCLUDED."notedAt"`;
  for (const kind of new Set(due.map((one) => one.kind))) await askToRead(tx, ctx, kind, gathering);
}

/** Asks for what is due to be read; asked again meanwhile, it stays at the first time. */
export async function askToRead(
  tx: Transaction,
  ctx: { shop: { id: string }; clock: Context["clock"] },
  kind: Kind,
  after: number,
): Promise<void> {
  const runAt = new Date(ctx.clock.now().getTime() + after);
  const key = `read-again:${ctx.shop.id}:${kind}`;
  await enqueue(tx, "read-again", { shopId: ctx.shop.id, kind }, { key, runAt, keepsRunAt: true });
}

/** After so many milliseconds what is due should have been read. */
const overdue = 30_000;

/** What waits although nobody reads it, because a worker was killed that had taken it, or the job: asked for each minute. */
export async function takeUpDue(app: AppContext): Promise<void> {
  const now = app.clock.now();
  const before = new Date(now.getTime() - overdue);
  const waiting = await app.db.prisma.$queryRaw<{ shopId: string; kind: Kind }[]>`
    SELECT DISTINCT "shopId", "kind" FROM "shopify_due"
     WHERE "since" < ${before.toISOString()}::timestamptz
       AND ("takenUntil" IS NULL OR "takenUntil" <= ${now.toISOString()}::timestamptz)`;
  for (const { shopId, kind } of waiting) {
    await app.db.prisma.$transaction((tx) => askToRead(tx, { shop: { id: shopId }, clock: app.clock }, kind, 0));
  }
}

export interface Taken {
  id: string;
  noted: number;
}

/** Takes the records that are due for the longest; nobody else gets them until they are done, given back, or too old. */
export async function takeDue(ctx: Context, kind: Kind, most: number): Promise<Taken[]> {
  const now = ctx.clock.now();
  const until = new Date(now.getTime() + leased);
  return ctx.db.prisma.$queryRaw<Taken[]>`
    UPDATE "shopify_due" d SET "takenUntil" = ${until.toISOString()}::timestamptz
      FROM (SELECT "id" FROM "shopify_due"
             WHERE "shopId" = ${ctx.shop.id}::uuid AND "kind" = ${kind}
               AND ("takenUntil" IS NULL OR "takenUntil" <= ${now.toISOString()}::timestamptz)
             ORDER BY "since", "id" LIMIT ${most} FOR UPDATE SKIP LOCKED) t
     WHERE d."shopId" = ${ctx.shop.id}::uuid AND d."kind" = ${kind} AND d."id" = t."id"
    RETURNING d."id", d."noted"`;
}

/** They were read: forgotten, but for those that were noted again since they were taken. */
export async function doneWith(tx: Transaction, ctx: Context, kind: Kind, taken: readonly Taken[]): Promise<void> {
  const ids = taken.map((one) => one.id);
  const noted = taken.map((one) => one.noted);
  await tx.$executeRaw`
    DELETE FROM "shopify_due" d USING unnest(${ids}::text[], ${noted}::int[]) AS t("id", "noted")
     WHERE d."shopId" = ${ctx.shop.id}::uuid AND d."kind" = ${kind} AND d."id" = t."id" AND d."noted" = t."noted"`;
  await giveBack(tx, ctx, kind, ids);
}

/** A record that could not be read is left alone for as long as it has waited by then, within these; in milliseconds. */
const aside = { shortest: leased, longest: 6 * 3_600_000 };
/** After so many milliseconds, some ten tries, it is given up: the sweep finds it when it changes again. */
const givenUp = 24 * 3_600_000;

/** One could not be read although others can: it stands in nobody's way, and is tried again ever later. Answers false once it is given up. */
export async function putAside(ctx: Context, kind: Kind, { id, noted }: Taken): Promise<boolean> {
  const now = ctx.clock.now();
  const key = { shopId: ctx.shop.id, kind, id };
  const due = await ctx.db.prisma.shopifyDue.findFirst({ where: key, select: { since: true } });
  if (!due) return true;
  const waited = now.getTime() - due.since.getTime();
  if (waited > givenUp) {
    const { count } = await ctx.db.prisma.shopifyDue.deleteMany({ where: { ...key, noted } });
    if (count === 1) return false;
  }
  const pause = Math.min(aside.longest, Math.max(aside.shortest, waited));
  const takenUntil = new Date(now.getTime() + pause);
  await ctx.db.prisma.shopifyDue.updateMany({ where: key, data: { takenUntil } });
  return true;
}

/** One was not read, and whether that is its own fault is not known: the others are read before it. */
export async function putLast(ctx: Context, kind: Kind, id: string): Promise<void> {
  const data = { takenUntil: null, since: ctx.clock.now() };
  await ctx.db.prisma.shopifyDue.updateMany({ where: { shopId: ctx.shop.id, kind, id }, data });
}

/** They were not read, or must be again. */
export async function giveBack(tx: Transaction, ctx: Context, kind: Kind, ids: readonly string[]): Promise<void> {
  await tx.shopifyDue.updateMany({
    where: { shopId: ctx.shop.id, kind, id: { in: [...ids] } },
    data: { takenUntil: null },
  });
}
