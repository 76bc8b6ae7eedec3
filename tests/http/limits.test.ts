import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { answer } from "~/http/errors";
import { redisMissing, type TestRedis, testRedis } from "../support/redis";

type Limits = typeof import("~/http/limits");

/** The limits of a process of its own, as its environment says. */
async function processWith(redisUrl?: string): Promise<Limits> {
  vi.resetModules();
  vi.stubEnv("REDIS_URL", redisUrl);
  return import("~/http/limits");
}

beforeEach(() => {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: "secret",
    SHOPIFY_APP_URL: "http://127.0.0.1:1",
    SCOPES: "read_orders",
    DATABASE_URL: "postgres://nowhere/x",
  })) {
    vi.stubEnv(name, value);
  }
});

/** How many of so many messages at once are let through. */
async function letThrough(processes: Limits[], count: number, key = "a visitor"): Promise<number> {
  const tries = await Promise.allSettled(
    Array.from({ length: count }, (_, turn) =>
      (processes[turn % processes.length] as Limits).limit({ "message:visitor": key }),
    ),
  );
  return tries.filter((one) => one.status === "fulfilled").length;
}

describe("limits", () => {
  it("let through what the budget says, each key by itself", async () => {
    const limits = await processWith();
    expect(await letThrough([limits], 40)).toBe(30);
    expect(await letThrough([limits], 40, "another visitor")).toBe(30);
    limits.resetLimits();
    expect(await letThrough([limits], 1)).toBe(1);
  });

  it("refuse with 429 and when to come back", async () => {
    const limits = await processWith();
    await letThrough([limits], 30);
    const refused: unknown = await limits.limit({ "message:visitor": "a visitor" }).catch((error: unknown) => error);
    // The class of this process, not the one of this file.
    expect(refused).toMatchObject({ status: 429, code: "too-many" });
    const seconds = Number((refused as { headers: Record<string, string> }).headers["Retry-After"]);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(30);
    const { answer: answerThere } = await import("~/http/errors");
    const response = answerThere(refused);
    expect(response.status).toBe(429);
    expect(response.headers.get("Retry-After")).toBe(String(seconds));
    expect(() => answer(new Error("not ours"))).toThrow("not ours");
  });

  it("count the addresses of one IPv6 network as one, and those of others apart", async () => {
    const limits = await processWith();
    const hello = (address: string) =>
      limits.limit({ "session:address": address }).then(
        () => true,
        () => false,
      );
    const tries = await Promise.all(
      Array.from({ length: 70 }, (_, turn) => hello(`2001:db8:1:2::${(turn + 1).toString(16)}`)),
    );
    expect(tries.filter(Boolean)).toHaveLength(60);
    expect(await hello("2001:db8:1:3::1")).toBe(true);
  });

  it("give a shop so much that five hundred addresses do not use it up", async () => {
    const { budgets } = await processWith();
    const least = (name: keyof typeof budgets, address: keyof typeof budgets) =>
      expect(budgets[name].points, name).toBeGreaterThanOrEqual(500 * budgets[address].points);
    least("session-new:shop", "session:address");
    least("session:shop", "session:address");
    least("message:shop", "message:address");
    least("upload:shop", "upload:address");
    least("signal:shop", "signal:address");
  });

  it("stop at the first budget that is used up", async () => {
    const limits = await processWith();
    await letThrough([limits], 30);
    const both = { "message:visitor": "a visitor", "message:address": "192.0.2.1" } as const;
    await expect(limits.limit(both)).rejects.toMatchObject({ status: 429 });
  });
});

describe.skipIf(redisMissing && !process.env.CI)(`limits over Redis${redisMissing ? ` (${redisMissing})` : ""}`, () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await testRedis();
  });
  afterAll(() => redis?.stop());

  it("are shared by all processes", async () => {
    const processes = [await processWith(redis.url), await processWith(redis.url)];
    // A process counts by itself until it has reached Redis.
    for (const one of processes) await one.limit({ "message:visitor": "warming up" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await letThrough(processes, 50)).toBe(30);
  });

  it("neither fail nor hang while Redis is away: each process counts by itself", async () => {
    const limits = await processWith(redis.url);
    await limits.limit({ "message:visitor": "warming up" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await redis.stop();
    const started = performance.now();
    expect(await letThrough([limits], 40, "somebody else")).toBe(30);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
