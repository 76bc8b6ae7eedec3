import type { Context } from "~/context";
import { record } from "~/events/record";
import { log } from "~/platform/log";
import { ShopifyDenied } from "~/shopify/admin-errors";
import type { Kind } from "~/shopify-data/kinds";
import { catchUp } from "~/shopify-data/sync/catch-up";
import { activeStates } from "~/shopify-data/sync/runs";
import { askToRead, doneWith, giveBack, putAside, putLast, takeDue } from "./due";
import { type Beside, readRecords } from "./read-records";

/** Records of one turn; what is left has the next, so that one busy shop does not hold a place of the worker for long. */
const ofTurn = { customers: 500, orders: 20, products: 50, "draft-orders": 20, checkouts: 20, companies: 25 } as const;
/** When more wait than these, one file of what changed is sooner there than all of them read one by one. */
const many = {
  customers: 5_000,
  orders: 300,
  products: 500,
  "draft-orders": 300,
  checkouts: 300,
  companies: 200,
} as const;
/** A record changes a little before its webhook is heard; in milliseconds. */
const overlap = 10 * 60_000;

/** A file that has not come by then (Shopify prepares others, or is slow) is not waited for; in milliseconds. */
const patience = 30 * 60_000;

/** Reads the records of one kind that webhooks told of, those first that wait for the longest; a storm of them by a file. */
export async function readAgain(ctx: Context, kind: Kind): Promise<void> {
  if (await waitsForFile(ctx, kind)) return;
  const taken = await takeDue(ctx, kind, ofTurn[kind]);
  if (taken.length === 0) return;
  const left = new Map(taken.map((one) => [one.id, one]));
  const aside: NonNullable<Beside["aside"]> = async (id, error, isItsOwn) => {
    const one = left.get(id);
    if (!one) return;
    left.delete(id);
    if (!isItsOwn) return putLast(ctx, kind, id);
    const { name, code } = error as { name?: string; code?: string };
    const isKept = await putAside(ctx, kind, one);
    const what = isKept ? "a record could not be read, and waits" : "a record could not be read, and is given up";
    log.warn({ shop: ctx.shop.id, kind, reason: name, code }, what);
  };
  try {
    const ids = taken.map((one) => one.id);
    await readRecords(ctx, kind, ids, {
      // At once, so that a failure or a kill costs the reading of none that was read.
      kept: async (tx, _, read) => {
        await doneWith(
          tx,
          ctx,
          kind,
          read.flatMap((id) => left.get(id) ?? []),
        );
      },
      aside,
    });
  } catch (error) {
    if (isDisconnected(error) && (await isUninstalled(ctx))) return forget(ctx);
    await ctx.db.prisma.$transaction((tx) => giveBack(tx, ctx, kind, [...left.keys()]));
    throw error;
  }
  await ctx.db.prisma.$transaction(async (tx) => {
    if (kind !== "products") await record(tx, ctx, "shopify.read", { kind });
    const more = await tx.shopifyDue.findFirst({
      where: { shopId: ctx.shop.id, kind, OR: [{ takenUntil: null }, { takenUntil: { lte: ctx.clock.now() } }] },
      select: { id: true },
    });
    if (more) await askToRead(tx, ctx, kind, 0);
  });
}

/**
 * Whether a file of what changed is on its way, or is asked for now because so many wait. When it is read, whatever did
 * not stand in it (a webhook that came hours late, a record that is gone) is read by itself.
 */
async function waitsForFile(ctx: Context, kind: Kind): Promise<boolean> {
  const { prisma } = ctx.db;
  const where = { shopId_kind: { shopId: ctx.shop.id, kind } };
  const run = await prisma.syncRun.findUnique({ where });
  const isUnderWay = run ? (activeStates as string[]).includes(run.state) : false;
  const begun = run?.startedAt?.getTime() ?? 0;
  if (run?.since && isUnderWay && ctx.clock.now().getTime() - begun < patience) return true;
  // What an earlier file did not have is not asked for by another one.
  const notedAt = run?.since && run.askedAt ? { gt: run.askedAt } : undefined;
  const due = { shopId: ctx.shop.id, kind, ...(notedAt ? { notedAt } : {}) };
  const waiting = await prisma.shopifyDue.findMany({ where: due, select: { id: true }, take: many[kind] + 1 });
  if (waiting.length <= many[kind]) return false;
  const { _min } = await prisma.shopifyDue.aggregate({ where: due, _min: { since: true } });
  const since = new Date((_min.since ?? ctx.clock.now()).getTime() - overlap);
  const asked = await prisma.$transaction((tx) => catchUp(tx, ctx, kind, since));
  if (asked) log.info({ shop: ctx.shop.id, kind }, "much was told of at once: it is read as a file");
  return asked;
}

/** Shopify takes no token of ours: the shop has taken the app away, or its token is being exchanged. */
function isDisconnected(error: unknown): boolean {
  return error instanceof ShopifyDenied && error.fields.length === 0;
}

/** Only then is what is due given up: a new installation begins with a sync. */
async function isUninstalled(ctx: Context): Promise<boolean> {
  const shop = await ctx.db.prisma.shop.findUnique({ where: { id: ctx.shop.id }, select: { uninstalledAt: true } });
  return shop?.uninstalledAt !== null;
}

async function forget(ctx: Context): Promise<void> {
  await ctx.db.prisma.shopifyDue.deleteMany({ where: { shopId: ctx.shop.id } });
}
