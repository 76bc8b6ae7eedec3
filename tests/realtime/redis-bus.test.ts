import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bus } from "~/realtime/bus";
import { redisBus } from "~/realtime/redis-bus";
import { until } from "../support/listening";
import { redisMissing, type TestRedis, testRedis } from "../support/redis";

// Under CI nothing is skipped: without Redis these fail.
describe.skipIf(redisMissing && !process.env.CI)(
  `the bus over Redis${redisMissing ? ` (${redisMissing})` : ""}`,
  () => {
    let redis: TestRedis;
    const open: Bus[] = [];
    const listen = async (heard: string[]): Promise<Bus> => {
      const bus = await redisBus(redis.url)((text) => heard.push(text));
      open.push(bus);
      return bus;
    };

    beforeAll(async () => {
      redis = await testRedis();
    });
    afterAll(async () => {
      await Promise.all(open.map((bus) => bus.close()));
      await redis?.stop();
    });

    it("carries a text to the other processes and not back", async () => {
      const [one, other]: [string[], string[]] = [[], []];
      const bus = await listen(one);
      const second = await listen(other);
      bus.publish("log");
      bus.publish('{"kind":"typing"}');
      await until(() => other.length === 2, "both arrived");
      second.publish("back");
      await until(() => one.length === 1, "the answer arrived");
      expect([one, other]).toEqual([["back"], ["log", '{"kind":"typing"}']]);
    });

    it("comes back by itself after Redis was away, and what could not be told then is not told late", async () => {
      const [one, other]: [string[], string[]] = [[], []];
      const bus = await listen(one);
      await listen(other);
      await redis.stop();
      for (let number = 0; number < 1_000; number += 1) bus.publish(`away ${number}`);
      await redis.start();
      await until(() => {
        bus.publish("back");
        return other.includes("back");
      }, "it is heard again");
      expect(other.filter((text) => text.startsWith("away")).length).toBeLessThan(1_000);
    });

    it("lets the app start while Redis is away", async () => {
      const started = performance.now();
      const bus = await redisBus("redis://127.0.0.1:1")(() => undefined);
      bus.publish("into the void");
      await bus.close();
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  },
);
