import type { Context } from "~/context";
import { type Kind, kinds } from "../kinds";
import { deniedFields } from "./denied";
import { activeStates, type Problem, type RunState } from "./runs";

/** How far a kind is, for people. Times are ISO 8601. */
export interface KindProgress {
  kind: Kind;
  state: RunState;
  /** Records kept of this file, and how many Shopify counts in it (so far, while it prepares the file). */
  read: number;
  total: number;
  /** From 0 to 1; null while nobody can say. */
  share: number | null;
  /** Until its file is read, by how fast it went; null while nobody can say. */
  secondsLeft: number | null;
  created: number;
  changed: number;
  /** Lines that could not be understood, and the first of them. */
  malformed: number;
  lines: { line: number; reason: string }[];
  /** Whether Shopify was asked for it more than once in this sync. */
  again: boolean;
  problem: Problem | null;
  lastFinishedAt: string | null;
}

export interface SyncProgress {
  running: boolean;
  startedAt: string | null;
  /** When everything last came to its end. */
  lastFinishedAt: string | null;
  kinds: KindProgress[];
  denied: { kind: Kind; fields: string[] }[];
}

/** Lines that are shown of each kind. */
const shownLines = 3;
/** Milliseconds of reading before its speed says anything. */
const sayingAfter = 2_000;

/** Where the sync of the shop's data stands, kind by kind. Empty `kinds` before the first one. */
export async function syncProgress(ctx: Pick<Context, "shop" | "db" | "clock">): Promise<SyncProgress> {
  const shopId = ctx.shop.id;
  const [runs, lines, denied] = await Promise.all([
    ctx.db.prisma.syncRun.findMany({ where: { shopId } }),
    ctx.db.prisma.syncLine.findMany({ where: { shopId }, orderBy: { line: "asc" }, take: 200 }),
    deniedFields(ctx),
  ]);
  const now = ctx.clock.now().getTime();
  const told = kinds.flatMap((kind): KindProgress[] => {
    const run = runs.find((one) => one.kind === kind);
    if (!run) return [];
    const state = run.state as RunState;
    const share = shareOf(state, run);
    return [
      {
        kind,
        state,
        read: run.read,
        total: Math.max(run.rootCount, run.read),
        share,
        secondsLeft: state === "reading" ? secondsLeft(share, run.readingAt, now) : null,
        created: run.created,
        changed: run.changed,
        malformed: run.malformed,
        lines: lines
          .filter((one) => one.kind === kind)
          .slice(0, shownLines)
          .map(({ line, reason }) => ({ line, reason })),
        again: run.tries > 0,
        problem: run.problem as Problem | null,
        lastFinishedAt: run.lastFinishedAt?.toISOString() ?? null,
      },
    ];
  });
  const ends = told.map((one) => one.lastFinishedAt);
  const begins = runs.flatMap((run) => (run.startedAt ? [run.startedAt.toISOString()] : []));
  return {
    running: told.some((one) => activeStates.includes(one.state)),
    startedAt: begins.sort()[0] ?? null,
    lastFinishedAt: ends.length > 0 && ends.every((at) => at !== null) ? (ends.sort().at(-1) ?? null) : null,
    kinds: told,
    denied,
  };
}

/** What a page beside the settings says while the first sync runs; null when there is nothing to say. */
export interface FirstSync {
  /** What is in already: "customers", "orders" … */
  done: Kind[];
  /** What comes in now. */
  now: { kind: Kind; read: number; total: number } | null;
}

/** How far the first sync is; null when there was one already, and when none runs. */
export async function firstSync(ctx: Pick<Context, "shop" | "db">): Promise<FirstSync | null> {
  const runs = await ctx.db.prisma.syncRun.findMany({
    where: { shopId: ctx.shop.id },
    select: { kind: true, state: true, read: true, rootCount: true, lastFinishedAt: true },
  });
  const isActive = (state: string) => (activeStates as string[]).includes(state);
  if (!runs.some((run) => isActive(run.state) && run.lastFinishedAt === null)) return null;
  const inOrder = kinds.flatMap((kind) => runs.filter((run) => run.kind === kind).map((run) => ({ ...run, kind })));
  const current = inOrder.find((run) => run.state === "reading") ?? inOrder.find((run) => run.state === "preparing");
  return {
    done: inOrder.filter((run) => run.lastFinishedAt !== null).map((run) => run.kind),
    now: current ? { kind: current.kind, read: current.read, total: Math.max(current.rootCount, current.read) } : null,
  };
}

function shareOf(state: RunState, run: { offset: bigint; fileSize: bigint | null }): number | null {
  if (state === "done") return 1;
  if (state === "waiting") return 0;
  if (state !== "reading" || !run.fileSize) return null;
  return Math.min(1, Number(run.offset) / Number(run.fileSize));
}

function secondsLeft(share: number | null, readingAt: Date | null, now: number): number | null {
  const took = readingAt ? now - readingAt.getTime() : 0;
  if (!share || took < sayingAfter) return null;
  return Math.ceil(((1 - share) * took) / share / 1000);
}
