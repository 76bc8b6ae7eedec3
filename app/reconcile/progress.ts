import { z } from "zod";
import { type Kind, kinds } from "~/shopify-data/kinds";

/** How far a run is with one kind of record. `ReconcileRun.kinds` holds one for each kind that was begun. */
const shape = z.object({
  /** From when on changes are compared, as ISO text. */
  from: z.string(),
  /** Where the next page begins, while there is one. */
  after: z.string().nullable(),
  /** Pages that were read since `from` was set. */
  pages: z.number(),
  compared: z.number(),
  /** Repaired: not known here. */
  missing: z.number(),
  /** Repaired: older, or other, here. */
  stale: z.number(),
  /** Marked: Shopify has it no more. */
  gone: z.number(),
  /** Up to which id it was asked whether Shopify still has it; the next run goes on from there. */
  asked: z.string(),
  /** compare → ask → done; denied when the app may not see these records. */
  step: z.enum(["compare", "ask", "done", "denied"]),
});

export type KindProgress = z.output<typeof shape>;
export type Progress = Partial<Record<Kind, KindProgress>>;

/** What a run's row says; a kind in another shape begins anew. */
export function progressOf(json: unknown): Progress {
  const progress: Progress = {};
  for (const kind of kinds) {
    const read = shape.safeParse((json as Record<string, unknown> | null)?.[kind]);
    if (read.success) progress[kind] = read.data;
  }
  return progress;
}

export function begun(from: Date, asked = ""): KindProgress {
  const nothing = { compared: 0, missing: 0, stale: 0, gone: 0 };
  return { from: from.toISOString(), after: null, pages: 0, ...nothing, asked, step: "compare" };
}

/** The sums of all kinds. */
export function sumOf(progress: Progress): { compared: number; missing: number; stale: number; gone: number } {
  const all = Object.values(progress);
  const sum = (key: "compared" | "missing" | "stale" | "gone") => all.reduce((total, one) => total + one[key], 0);
  return { compared: sum("compared"), missing: sum("missing"), stale: sum("stale"), gone: sum("gone") };
}
