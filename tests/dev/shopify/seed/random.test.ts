import { describe, expect, it } from "vitest";
import { Random } from "../../../../dev/shopify/seed/random";

describe("Random", () => {
  it("repeats itself for the same seed and not for another", () => {
    const draw = (seed: string) =>
      Array.from(
        { length: 20 },
        (
          (random) => () =>
            random.next()
        )(new Random(seed)),
      );
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("is even enough: each tenth of the range gets its share", () => {
    const random = new Random("even");
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const place = Math.floor(random.next() * 10);
      tenths[place] = (tenths[place] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });

  it("keeps to its bounds and its weights", () => {
    const random = new Random(7);
    const seen = new Set(Array.from({ length: 400 }, () => random.int(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
    const picks = Array.from({ length: 2000 }, () =>
      random.weighted([
        [9, "often"],
        [1, "rarely"],
        [0, "never"],
      ]),
    );
    expect(picks.filter((each) => each === "often").length).toBeGreaterThan(1600);
    expect(picks).not.toContain("never");
    expect(new Set(random.some([1, 2, 3, 4], 3)).size).toBe(3);
    expect(random.some([1, 2], 5).sort()).toEqual([1, 2]);
    expect(() => random.pick([])).toThrow("empty");
  });
});
