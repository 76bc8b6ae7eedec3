import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gather, gatherPer } from "~/platform/gather";

const soon = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));

describe("gather", () => {
  it("lets one go at once and what comes meanwhile go together", async () => {
    const runs: number[][] = [];
    const double = gather(
      async (inputs: number[]) => {
        runs.push(inputs);
        await soon();
        return inputs.map((input) => input * 2);
      },
      { most: 4, atOnce: 1, isOnes: () => true },
    );
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(double))).toEqual([2, 4, 6, 8, 10, 12]);
    expect(runs).toEqual([[1], [2, 3, 4, 5], [6]]);
  });

  it("never puts two of a key together, keeps their order, and gives everybody their own, whatever comes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), bad: fc.boolean() }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (inputs, most) => {
          const done: string[] = [];
          const ask = gather(
            async (batch: { key: string; bad: boolean; number: number }[]) => {
              expect(new Set(batch.map((one) => one.key)).size).toBe(batch.length);
              expect(batch.length).toBeLessThanOrEqual(most);
              await soon();
              if (batch.some((one) => one.bad)) throw new Error(`bad ${batch.map((one) => one.number)}`);
              done.push(...batch.map((one) => `${one.key}${one.number}`));
              return batch.map((one) => one.number);
            },
            { most, atOnce: 1, key: (input) => input.key, isOnes: () => true },
          );
          const answers = await Promise.allSettled(inputs.map((input, number) => ask({ ...input, number })));
          for (const [number, answer] of answers.entries()) {
            // The bad ones fail by themselves, with their own error.
            if (inputs[number]?.bad) expect(answer).toMatchObject({ reason: { message: `bad ${number}` } });
            else expect(answer).toEqual({ status: "fulfilled", value: number });
          }
          for (const key of ["a", "b", "c"]) {
            const order = done.filter((one) => one.startsWith(key)).map((one) => Number(one.slice(1)));
            expect(order).toEqual([...order].sort((one, other) => one - other));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([undefined, (input: number) => String(input)])(
    "lets together go what weighs little enough, and alone what weighs more (%s)",
    async (key) => {
      const runs: number[][] = [];
      const ask = gather(
        async (inputs: number[]) => {
          runs.push(inputs);
          await soon();
          return inputs;
        },
        {
          ...{ most: 3, atOnce: 1, isOnes: () => true, weight: { of: (input: number) => input, most: 100 } },
          ...(key ? { key } : {}),
        },
      );
      const inputs = [1, 50, 49, 2, 250, 99, 3, 4, 5, 6];
      expect(await Promise.all(inputs.map(ask))).toEqual(inputs);
      for (const run of runs) {
        expect(run.length).toBeLessThanOrEqual(3);
        if (run.length > 1) expect(run.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(100);
      }
      expect(runs).toContainEqual([250]);
      expect(runs.length).toBeLessThan(inputs.length);
    },
  );

  it("fails all at once, without another try, for what is nobody's own fault", async () => {
    let runs = 0;
    const ask = gather(
      async (): Promise<number[]> => {
        runs += 1;
        await soon();
        throw new Error("the database is away");
      },
      { most: 50, atOnce: 1, isOnes: () => false },
    );
    const answers = await Promise.allSettled(Array.from({ length: 21 }, (_, number) => ask(number)));
    expect(answers.every((answer) => answer.status === "rejected")).toBe(true);
    expect(runs).toBe(2);
  });

  it("keeps what is asked of one thing apart from another", async () => {
    const seen: [object, number[]][] = [];
    const ask = gatherPer(
      async (of: object, inputs: number[]) => {
        seen.push([of, inputs]);
        return inputs;
      },
      { most: 10, atOnce: 1, isOnes: () => true },
    );
    const [one, other] = [{ name: "one" }, { name: "other" }];
    await Promise.all([ask(one, 1), ask(other, 2)]);
    expect(seen).toEqual([
      [one, [1]],
      [other, [2]],
    ]);
  });
});
