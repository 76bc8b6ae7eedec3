import { type Cost, secondsUntilAffordable } from "./admin-answer";

/** Who waits for the answer: a person at a page, or nobody (a sync, a webhook's job, a sweep). */
export type Purpose = "click" | "background";

/**
 * The share of the bucket that work in the background leaves alone, so that a click finds enough in it however much is
 * synced: half of the smallest plan's bucket is what the dearest single query may cost.
 * https://shopify.dev/docs/api/usage/limits
 */
export const keptForClicks = 0.5;

/**
 * What this process knows of one shop's bucket of points: what the last answer said, filling up since, less what was
 * asked and is not answered yet. Every client of the process asks through the same one.
 *
 * Between processes nothing of ours is shared: the bucket itself is, and every answer of Shopify's tells how full it is,
 * whoever emptied it. In the background each process asks one thing at a time in a shop, so with a second process the
 * level can fall below the kept share by what a single query costs, and is known at its answer. A row in the database
 * would cost a trip for each query and know less, because other things than we empty the bucket too.
 */
export class Bucket {
  private told: (Cost & { at: number }) | null = null;
  private underway = 0;
  private line: Promise<unknown> = Promise.resolve();
  /** What each question cost when it was last asked, in points asked for before it runs. */
  private readonly prices = new Map<string, number>();

  /** `now` in milliseconds; tests set it. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Milliseconds until the question may be asked; 0 for the first one, whose answer will tell. */
  waitFor(purpose: Purpose, question: string): number {
    if (!this.told) return 0;
    const { maximum, restoreRate } = this.told;
    const kept = purpose === "background" ? maximum * keptForClicks : 0;
    // A question dearer than the whole share waits for a full bucket.
    const requested = Math.min(maximum, kept + (this.prices.get(question) ?? 0));
    const available = this.level(this.told) - this.underway;
    return Math.ceil(1000 * secondsUntilAffordable({ requested, available, maximum, restoreRate }));
  }

  /** Counts the question as under way until the answer is there, and learns from its cost. */
  async spend<Answer extends { cost: Cost | null }>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const points = this.prices.get(question) ?? 0;
    this.underway += points;
    try {
      const answer = await ask();
      if (answer.cost) {
        this.told = { ...answer.cost, at: this.now() };
        this.prices.set(question, answer.cost.requested);
      }
      return answer;
    } finally {
      this.underway -= points;
    }
  }

  /** Work in the background takes its turn, one at a time, in the order it came. A click never waits in this line. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.line.then(work);
    this.line = mine.catch(() => undefined);
    return mine;
  }

  private level({ available, maximum, restoreRate, at }: Cost & { at: number }): number {
    return Math.min(maximum, available + ((this.now() - at) / 1000) * restoreRate);
  }
}

const buckets = new Map<string, Bucket>();

/** The one account of this process for a shop. */
export function bucketOf(domain: string): Bucket {
  const bucket = buckets.get(domain) ?? new Bucket();
  buckets.set(domain, bucket);
  return bucket;
}
