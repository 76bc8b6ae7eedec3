import type { AppContext, Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { priorityOf } from "~/jobs/priority";
import { log } from "~/platform/log";
import { type Due, noteDue } from "~/reconcile/due";
import { markDeleted } from "~/reconcile/mark-deleted";
import { contextOf } from "~/shop/context-of";
import { kinds } from "~/shopify-data/kinds";
import type { Hint } from "./hints";
import { type Candidate, oursAmong } from "./ours";
import { topics } from "./topics";

/** Webhooks of one transaction. */
const atOnce = 200;
/** After so many milliseconds the rest is left to the next job, so that one shop's storm lets others have their turn. */
const longest = 20_000;

interface Taken {
  webhookId: string;
  topic: string;
  payload: unknown;
  at: Date;
}

/**
 * Handles what a shop's webhooks tell of mirrored records, many in one transaction: the records are noted, to be read from
 * Shopify, or marked as gone. Those that are also about something of ours, and those that cannot be understood, get a job
 * of their own. What is taken is locked, so that two of these share the work, and a killed one gives it back at once.
 */
export async function handleTogether(app: AppContext, { shopDomain }: { shopDomain: string }): Promise<void> {
  const ctx = await contextOf(app, { domain: shopDomain }, { kind: "shopify" });
  if (!ctx) {
    // The shop was erased; what came in the same moment goes after it.
    await app.db.prisma.webhookDelivery.deleteMany({ where: { shopDomain, together: true } });
    return;
  }
  const started = performance.now();
  for (;;) {
    const taken: Taken[] = [];
    try {
      await change(ctx, async (tx) => {
        // What an earlier try of the transaction had taken is not what this one holds.
        taken.splice(0, taken.length, ...(await take(tx, shopDomain)));
        if (taken.length > 0) await settle(tx, ctx, taken);
      });
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      if (taken.length === 0 || !isOnes(error)) throw error;
      log.warn({ shop: ctx.shop.id, kind: name, code, count: taken.length }, "webhooks are handled one by one");
      await ctx.db.prisma.$transaction((tx) => setAside(tx, shopDomain, taken));
    }
    if (taken.length < atOnce) return;
    if (performance.now() - started > longest) return askAgain(ctx, shopDomain);
  }
}

/** What one of them holds (SQLSTATE classes 22 and 23), or a deadlock (40), which one alone does not meet. */
function isOnes(error: unknown): boolean {
  const { code, meta } = error as { code?: string; meta?: Meta };
  const said = meta?.driverAdapterError?.cause?.originalCode ?? meta?.code ?? "";
  return /^(22|23|40)/.test(said) || ["P2002", "P2003", "P2034"].includes(code ?? "");
}

/** Where Prisma says the database's own code: of its own queries, and of raw ones through the adapter. */
interface Meta {
  code?: string;
  driverAdapterError?: { cause?: { originalCode?: string } };
}

async function take(tx: Transaction, shopDomain: string): Promise<Taken[]> {
  return tx.$queryRaw<Taken[]>`
    SELECT "webhookId", "topic", "payload", COALESCE("triggeredAt", "receivedAt") AS "at" FROM "webhook_delivery"
     WHERE "shopDomain" = ${shopDomain} AND "together" AND "handledAt" IS NULL
     ORDER BY "receivedAt" LIMIT ${atOnce} FOR UPDATE SKIP LOCKED`;
}

async function settle(tx: Transaction, ctx: Context, taken: readonly Taken[]): Promise<void> {
  const about: { hint: Hint; at: Date }[] = [];
  const candidates: Candidate[] = [];
  const aside: Taken[] = [];
  for (const one of taken) {
    const topic = topics[one.topic];
    try {
      const hint = topic?.about?.(one.payload);
      if (!hint) continue;
      about.push({ hint, at: one.at });
      if (!topic?.does) continue;
      if (topic.ifOurs) candidates.push({ ...one, about: hint });
      else aside.push(one);
    } catch {
      // Its own job fails with the reason, and the delivery stays for whoever looks.
      aside.push(one);
    }
  }
  const due: Due[] = about.flatMap(({ hint }) => (hint.gone ? [] : [hint]));
  const collect = async (_tx: Transaction, _ctx: Context, more: readonly Due[]) => void due.push(...more);
  // Kinds are held before anything else, as by everybody who keeps records.
  for (const kind of kinds.toSorted()) {
    const gone = about.filter(({ hint }) => hint.gone && hint.kind === kind);
    for (const { hint, at } of gone) await markDeleted(tx, ctx, kind, [hint.id], at, collect);
  }
  // Once, because it is done in one order by everybody: two who note twice could wait for each other.
  await noteDue(tx, ctx, due);
  const ours = await oursAmong(tx, ctx, candidates);
  aside.push(...taken.filter((one) => ours.has(one.webhookId)));
  await setAside(tx, ctx.shop.domain, aside);
  const left = new Set(aside);
  const done = taken.flatMap((one) => (left.has(one) ? [] : [one.webhookId]));
  await tx.$executeRaw`
    UPDATE "webhook_delivery" SET "handledAt" = ${ctx.clock.now().toISOString()}::timestamptz, "payload" = '{}', "failure" = NULL
     WHERE "shopDomain" = ${ctx.shop.domain} AND "webhookId" = ANY(${done}::text[])`;
}

async function setAside(tx: Transaction, shopDomain: string, taken: readonly Taken[]): Promise<void> {
  if (taken.length === 0) return;
  await tx.$executeRaw`
    WITH aside AS (
      UPDATE "webhook_delivery" SET "together" = false
       WHERE "shopDomain" = ${shopDomain} AND "webhookId" = ANY(${taken.map((one) => one.webhookId)}::text[])
      RETURNING "webhookId"
    )
    SELECT count(graphile_worker.add_job('handle-webhook', json_build_object('shopDomain', ${shopDomain}::text, 'webhookId', "webhookId"), max_attempts := 12, priority := ${priorityOf("handle-webhook")}::int))
      FROM aside`;
}

const keyOf = (shopDomain: string) => `webhooks of ${shopDomain}`;

async function askAgain(ctx: Context, shopDomain: string): Promise<void> {
  await ctx.db.prisma.$executeRaw`
    SELECT graphile_worker.add_job('handle-webhooks', json_build_object('shopDomain', ${shopDomain}::text), job_key := ${keyOf(shopDomain)}::text, max_attempts := 12, priority := ${priorityOf("handle-webhooks")}::int)`;
}

/** What waits although its job is gone (a killed worker's job is not given back at once while another lives): each minute. */
export async function takeUpWebhooks(app: AppContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - 30_000).toISOString();
  await app.db.prisma.$executeRaw`
    SELECT count(graphile_worker.add_job('handle-webhooks', json_build_object('shopDomain', w."shopDomain"), job_key := 'webhooks of ' || w."shopDomain", max_attempts := 12, priority := ${priorityOf("handle-webhooks")}::int))
      FROM (SELECT DISTINCT "shopDomain" FROM "webhook_delivery"
             WHERE "together" AND "handledAt" IS NULL AND "receivedAt" < ${before}::timestamptz) w`;
}
