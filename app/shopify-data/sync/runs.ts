import type { SyncRun } from "@prisma/client";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { type Kind, kinds } from "../kinds";

export type RunState = "waiting" | "preparing" | "reading" | "done" | "failed" | "stopped";

/** Why a run did not come to its end, or what was wrong on the way. In words: `app/ui/shopify-data/problem-words.ts`. */
export type Problem =
  | "not-permitted"
  | "shopify-failed"
  | "file-expired"
  | "file-gone"
  | "refused"
  | "uninstalled"
  | "disconnected";

export const activeStates: RunState[] = ["waiting", "preparing", "reading"];

export type Run = SyncRun & { kind: Kind; state: RunState };

/** How often a kind is asked for anew in one sync, after Shopify failed or its file was not there any more. */
export const mostTries = 5;

/** Everything of a run that begins again with a new file. */
export const fromTheStart = {
  operationId: null,
  askedAt: null,
  url: null,
  partial: false,
  fileSize: null,
  offset: 0n,
  line: 0,
  rootCount: 0,
  objectCount: 0,
  read: 0,
  unchanged: 0,
  older: 0,
  malformed: 0,
  readingAt: null,
} as const;

/** The runs of the shop that are not at their end, in the order in which they are of use. */
export async function activeRuns(tx: Transaction, shopId: string): Promise<Run[]> {
  const found = (await tx.syncRun.findMany({ where: { shopId, state: { in: activeStates } } })) as Run[];
  return found.sort((one, two) => kinds.indexOf(one.kind) - kinds.indexOf(two.kind));
}

/**
 * Changes a run while it is in that state and of that operation; false when it is not any more, because somebody began anew or stopped
 * it.
 */
export async function setRun(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  run: Pick<Run, "kind" | "state" | "operationId">,
  data: Partial<Omit<SyncRun, "shopId" | "kind" | "state">> & { state?: RunState },
): Promise<boolean> {
  const { kind, state, operationId } = run;
  const { count } = await tx.syncRun.updateMany({
    where: { shopId: ctx.shop.id, kind, state, operationId },
    data: { ...data, changedAt: ctx.clock.now() },
  });
  return count === 1;
}

/** Asks for the kind anew, unless that was done often enough. */
export async function again(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  run: Run,
  problem: Problem,
): Promise<boolean> {
  const tries = run.tries + 1;
  if (tries >= mostTries) return setRun(tx, ctx, run, { state: "failed", problem, tries, finishedAt: ctx.clock.now() });
  return setRun(tx, ctx, run, { ...fromTheStart, state: "waiting", problem, tries });
}
