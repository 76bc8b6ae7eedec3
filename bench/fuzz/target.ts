/**
 * How something is fuzzed: `npm run fuzz -- mail --runs 20000 --seed 7`.
 *
 * A target gives `seeds` (whole, ordinary inputs, each of which has some trouble in it), may give `mutate` where bytes
 * alone break the frame too early, and `run`, which does with the bytes what the app does with what a stranger sent.
 * Each run must hold three promises, and the frame (`main.ts`) checks them:
 *
 * - it does not crash: `run` may throw only what `isExpected` calls expected;
 * - it does not hang: no run may use the processor for over `longestMilliseconds`, a thousand unless the target says
 *   less, or not end at all;
 * - it loses no raw: `run` must leave the bytes as they were, since they are what is kept.
 *
 * `run` may return sentences of its own about what else is wrong, such as markup that should not have come through.
 * A target stands in a file of its own here and in the list in `main.ts`. `seeds` and `mutate` take their chance only from
 * the `Chance` that they are given, so that a run is told again by its seed and number: `--seed S --only N`.
 */
export interface FuzzTarget {
  seeds(): Promise<Seed[]>;
  /** In place of the frame's own changes to bytes (`mutate.ts`); `others` are there to take pieces from. */
  mutate?(input: Buffer, chance: Chance, others: readonly Seed[]): Buffer;
  run(input: Buffer): Promise<string[]>;
  isExpected?(error: unknown): boolean;
  longestMilliseconds?: number;
}

export interface Seed {
  name: string;
  bytes: Buffer;
}

/** Random numbers that come again with the same seed. */
export interface Chance {
  /** A whole number from 0 to below `most`. */
  below(most: number): number;
  pick<One>(list: readonly One[]): One;
}

/** mulberry32: small, fast, and good enough to choose what to break. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const below = (most: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * most);
  };
  return {
    below,
    pick(list) {
      if (list.length === 0) throw new Error("There is nothing to pick from.");
      return list[below(list.length)] as (typeof list)[number];
    },
  };
}
