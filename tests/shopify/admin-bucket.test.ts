import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Bucket, keptForClicks, type Purpose } from "~/shopify/admin-bucket";
import { type AdminClient, adminClient } from "~/shopify/admin-client";
import { ShopifyThrottled } from "~/shopify/admin-errors";
import { ProductSearchDocument } from "~/shopify/queries/generated";
import { Bucket as ShopifysBucket } from "../../dev/shopify/admin-api/engine/bucket";
import { SHOP, type SmallWorld, serve, smallWorld, tokenFor } from "../dev/shopify/admin-api/small-world";

/** The local Shopify with its real bucket: 2,000 points, 100 a second, on a clock that only pauses move. */
let small: SmallWorld;
let served: Awaited<ReturnType<typeof serve>>;
let milliseconds = 0;
let token: string;

beforeAll(async () => {
  small = smallWorld();
  served = await serve(small);
  token = tokenFor(small);
  // The same routing of https://*.myshopify.com as in the demo.
  process.env.LOCAL_SHOPIFY_ORIGIN = `http://127.0.0.1:${served.port}`;
  await import("../../dev/preload.mjs" as string);
});

afterAll(async () => {
  await served.close();
  small.close();
});

beforeEach(() => pass(60_000));

function pass(by: number): void {
  milliseconds += by;
  small.pass(by);
}

const level = () => {
  const settings = small.shop.get("shop", "shop");
  if (!settings) throw new Error("no shop");
  return new ShopifysBucket(small.world, settings).status();
};

interface Asker {
  client: AdminClient;
  paused: number[];
}

function asker(purpose: Purpose, bucket: Bucket): Asker {
  const paused: number[] = [];
  const pause = async (by: number) => {
    paused.push(by);
    pass(by);
  };
  return { client: adminClient({ domain: SHOP, token: async () => token, purpose, bucket, pause }), paused };
}

const account = () => new Bucket(() => milliseconds);
const dear = ({ client }: Asker, first = 5) => client.ask(ProductSearchDocument, { query: "", first });

describe("a sync that asks as fast as it may", () => {
  it("leaves a click its share of the bucket, which is answered without waiting", async () => {
    const bucket = account();
    const sync = asker("background", bucket);
    let lowest = Number.POSITIVE_INFINITY;
    for (let page = 0; page < 40; page += 1) {
      await dear(sync);
      lowest = Math.min(lowest, level().currentlyAvailable);
    }
    // It did use up its own share, and waited for more.
    expect(sync.paused.length).toBeGreaterThan(5);
    expect(lowest).toBeGreaterThanOrEqual(level().maximumAvailable * keptForClicks);
    const click = asker("click", bucket);
    await dear(click);
    expect(click.paused).toEqual([]);
  });

  it("asks in turn when many ask at once, and none of them fails", async () => {
    const bucket = account();
    const askers = Array.from({ length: 20 }, () => asker("background", bucket));
    const answers = await Promise.all(askers.map((one) => dear(one)));
    expect(answers).toHaveLength(20);
    expect(level().currentlyAvailable).toBeGreaterThanOrEqual(level().maximumAvailable * keptForClicks);
  });

  it("in two processes takes from the clicks' share what one query costs at most", async () => {
    const [one, other] = [asker("background", account()), asker("background", account())];
    let lowest = Number.POSITIVE_INFINITY;
    let price = 0;
    for (let page = 0; page < 30; page += 1) {
      await Promise.all([dear(one), dear(other)]);
      lowest = Math.min(lowest, level().currentlyAvailable);
      const before = level().currentlyAvailable;
      if (page === 0) {
        await dear(one);
        price = before - level().currentlyAvailable;
      }
    }
    expect(lowest).toBeGreaterThanOrEqual(level().maximumAvailable * keptForClicks - 2 * price - 10);
    // A click in a third process, which knows nothing of them, is answered at once.
    const click = asker("click", account());
    await dear(click);
    expect(click.paused).toEqual([]);
  });

  it("ends as throttled, not in the clicks' share, when others keep the bucket low", async () => {
    const bucket = account();
    const sync = asker("background", bucket);
    await dear(sync);
    const settings = small.shop.get("shop", "shop");
    const others = () => settings && new ShopifysBucket(small.world, settings);
    const greedy = async (by: number) => {
      pass(by);
      const there = others()?.status().currentlyAvailable ?? 0;
      others()?.take(Math.max(0, there - 100));
      await dear(asker("click", bucket), 1).catch(() => undefined);
    };
    await greedy(0);
    const starved = adminClient({
      domain: SHOP,
      token: async () => token,
      purpose: "background",
      bucket,
      pause: greedy,
    });
    await expect(starved.ask(ProductSearchDocument, { query: "", first: 5 })).rejects.toBeInstanceOf(ShopifyThrottled);
  });
});

describe("the account of a bucket", () => {
  const cost = (available: number) => ({ requested: 400, available, maximum: 2_000, restoreRate: 100 });

  it("counts what is under way, so that many clicks at once do not all believe in the same points", async () => {
    const bucket = new Bucket(() => 0);
    await bucket.spend("a", async () => ({ cost: cost(700) }));
    expect(bucket.waitFor("click", "a")).toBe(0);
    let finish = (_: { cost: null }) => {};
    const underway = bucket.spend("a", () => new Promise<{ cost: null }>((resolve) => (finish = resolve)));
    expect(bucket.waitFor("click", "a")).toBe(1_000);
    finish({ cost: null });
    await underway;
    expect(bucket.waitFor("click", "a")).toBe(0);
  });

  it("makes the background wait for its share and never for more than a full bucket", async () => {
    let now = 0;
    const bucket = new Bucket(() => now);
    expect(bucket.waitFor("background", "a")).toBe(0);
    await bucket.spend("a", async () => ({ cost: cost(700) }));
    // 1,000 are kept, 400 are asked for, 700 are there, 100 a second.
    expect(bucket.waitFor("background", "a")).toBe(7_000);
    await bucket.spend("dearest", async () => ({ cost: { ...cost(700), requested: 1_900 } }));
    expect(bucket.waitFor("background", "dearest")).toBe(13_000);
    now = 13_000;
    expect(bucket.waitFor("background", "dearest")).toBe(0);
  });
});
