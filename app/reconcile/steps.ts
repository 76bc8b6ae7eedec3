import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { adminFor } from "~/shopify/admin-for";
import { StillThereDocument } from "~/shopify/queries/generated";
import type { Kind } from "~/shopify-data/kinds";
import { changedIn } from "./changed";
import { idsAfter, toRead } from "./compare";
import { noteDue } from "./due";
import type { KindProgress } from "./progress";
import { type ReadAgain, readRecords } from "./read-records";

/** Shopify pages through 25,000 records at most; after so many pages the window begins at the last one seen. */
const mostPages = 200;
/** Ids that one run asks about, of each kind. Shopify takes at most 250 in one question. */
const askedAtOnce = 250;
const ordersTold = 59 * 86_400_000;

/** Writes down how far a kind is, in the transaction that repairs. */
export type Save = (tx: Transaction, at: KindProgress) => Promise<void>;

/** The next step of comparing one kind: a page of changes, or a question whether some that are known are still there. */
export async function takeStep(
  ctx: Context,
  kind: Kind,
  at: KindProgress,
  to: Date,
  save: Save,
): Promise<KindProgress> {
  return at.step === "compare" ? comparePage(ctx, kind, at, to, save) : askForGone(ctx, kind, at, save);
}

async function comparePage(ctx: Context, kind: Kind, at: KindProgress, to: Date, save: Save): Promise<KindProgress> {
  const admin = adminFor(ctx, "background");
  const page = await changedIn(admin, kind, { from: at.from, to: to.toISOString(), after: at.after });
  const repaired = await repair(ctx, kind, await toRead(ctx, kind, page.nodes), at, save);
  const counted: KindProgress = {
    ...repaired,
    pages: at.pages + 1,
    compared: at.compared + page.nodes.length,
    after: page.pageInfo.endCursor,
  };
  if (!page.pageInfo.hasNextPage) return { ...counted, after: null, step: "ask" };
  const last = page.nodes.at(-1)?.updatedAt;
  // Checkouts come in another order, and a second full of changes must be paged through.
  const canMoveOn = kind !== "checkouts" && last && Date.parse(last) > Date.parse(at.from);
  if (counted.pages < mostPages || !canMoveOn) return counted;
  return { ...counted, from: last, after: null, pages: 0 };
}

/** Reads them, and counts what was wrong together with its repair: a killed run counts nothing twice and misses nothing. */
async function repair(ctx: Context, kind: Kind, ids: string[], at: KindProgress, save: Save): Promise<KindProgress> {
  const plus = (sum: ReadAgain): KindProgress => ({
    ...at,
    missing: at.missing + sum.created,
    stale: at.stale + sum.changed,
    gone: at.gone + sum.gone.length,
  });
  const sum = await readRecords(ctx, kind, ids, {
    kept: (tx, so) => save(tx, plus(so)),
    // What cannot be read now is tried again by itself, and the comparison goes on.
    aside: async (id, _, isItsOwn) => {
      if (isItsOwn) await ctx.db.prisma.$transaction((tx) => noteDue(tx, ctx, [{ kind, id }]));
    },
  });
  return plus(sum);
}

/** A deletion changes no record: a few of those known are asked for in each run, in turn. */
async function askForGone(ctx: Context, kind: Kind, at: KindProgress, save: Save): Promise<KindProgress> {
  // A checkout that became an order may not be given any more, and is not gone.
  if (kind === "checkouts") return { ...at, step: "done" };
  const since = kind === "orders" ? new Date(ctx.clock.now().getTime() - ordersTold) : new Date(0);
  const ids = await idsAfter(ctx, kind, at.asked, since, askedAtOnce);
  if (ids.length === 0) return { ...at, asked: "", step: "done" };
  const { data } = await adminFor(ctx, "background").askPartly(StillThereDocument, { ids });
  const missing = ids.filter((_, index) => !data.nodes[index]);
  const repaired = await repair(ctx, kind, missing, at, save);
  return { ...repaired, asked: ids.length < askedAtOnce ? "" : (ids.at(-1) ?? ""), step: "done" };
}
