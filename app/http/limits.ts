import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { createClient } from "redis";
import { env } from "~/env.server";
import { addressKey } from "./address";
import { TooMany } from "./errors";

/**
 * How many of each kind of request one key may make: `points` in `seconds`. Those of a shop protect the server and are so
 * large that some hundred addresses cannot use them up for all others.
 */
export const budgets = {
  /** Sessions by address, those of browsers that we know by shop, and those of browsers that are new to us by shop. */
  "session:address": { points: 60, seconds: 60 },
  "session:shop": { points: 60_000, seconds: 60 },
  "session-new:shop": { points: 30_000, seconds: 60 },
  /** A page's first word on its socket: after a restart everybody behind one address comes back at once. */
  "hello:address": { points: 600, seconds: 60 },
  "message:visitor": { points: 30, seconds: 30 },
  "message:address": { points: 120, seconds: 60 },
  "message:shop": { points: 60_000, seconds: 60 },
  "upload:visitor": { points: 20, seconds: 60 },
  "upload:address": { points: 60, seconds: 60 },
  "upload:shop": { points: 30_000, seconds: 60 },
  /** Files stay for good once a message names them: what one browser and one address may fill in a day. */
  "upload-day:visitor": { points: 100, seconds: 86_400 },
  "upload-day:address": { points: 500, seconds: 86_400 },
  /** Codes asked for and tried: beside the limits by browser and mailbox that the database counts. */
  "code:address": { points: 60, seconds: 3_600 },
  /** Contact forms: people write one, and then wait. */
  "form:address": { points: 20, seconds: 600 },
  "form:shop": { points: 5_000, seconds: 3_600 },
  /** Cart snapshots, page views, receipts. */
  "signal:visitor": { points: 240, seconds: 60 },
  "signal:address": { points: 1_200, seconds: 60 },
  "signal:shop": { points: 600_000, seconds: 60 },
} as const;

export type Budget = keyof typeof budgets;

const limiters = new Map<Budget, RateLimiterAbstract>();

function limiter(budget: Budget): RateLimiterAbstract {
  const known = limiters.get(budget);
  if (known) return known;
  const { points, seconds } = budgets[budget];
  const options = { keyPrefix: `limit:${budget}`, points, duration: seconds };
  const insurance = new RateLimiterMemory(options);
  const url = env().REDIS_URL;
  const made = url
    ? new RateLimiterRedis({
        ...options,
        storeClient: redis(url),
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        insuranceLimiter: insurance,
      })
    : insurance;
  limiters.set(budget, made);
  return made;
}

let client: ReturnType<typeof createClient> | undefined;

function redis(url: string): ReturnType<typeof createClient> {
  if (!client) {
    // Without its offline queue: a request must not wait for a Redis that is away.
    client = createClient({ url, disableOfflineQueue: true });
    client.on("error", () => undefined);
    void client.connect().catch(() => undefined);
  }
  return client;
}

/**
 * Takes one from each budget for its key; throws TooMany when one is used up. Counted in this process, or in Redis when
 * several share the load; when Redis is away each process counts by itself.
 */
export async function limit(keys: Partial<Record<Budget, string>>): Promise<void> {
  for (const [budget, key] of Object.entries(keys) as [Budget, string][]) {
    try {
      await limiter(budget).consume(budget.endsWith(":address") ? addressKey(key) : key);
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      throw new TooMany(Math.max(1, Math.ceil((refused as { msBeforeNext: number }).msBeforeNext / 1000)));
    }
  }
}

/** Forgets what was counted, for tests. */
export function resetLimits(): void {
  limiters.clear();
}
