import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { fieldsOf, summaryOf } from "~/record/summary";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour));
const one = (more = {}) => ({
  channel: "chat",
  status: "open",
  lastMessageAt: at(9),
  waitingSince: null,
  score: null,
  ...more,
});

describe("the summary of a customer", () => {
  it("of nobody's conversations says so", () => {
    expect(summaryOf([])).toEqual({
      lastContactAt: null,
      openMatters: 0,
      waitingSince: null,
      channels: [],
      satisfaction: null,
      ratings: 0,
    });
  });

  it("is the same in whatever order the conversations come", () => {
    const all = [
      one({ status: "closed", score: 5, lastMessageAt: at(8), waitingSince: null }),
      one({ channel: "email", waitingSince: at(7), lastMessageAt: at(7) }),
      one({ status: "snoozed", score: 4, waitingSince: at(6), lastMessageAt: at(10) }),
      one({ status: "closed", score: 4 }),
    ];
    const summary = summaryOf(all);
    expect(summary).toEqual({
      lastContactAt: at(10).toISOString(),
      openMatters: 2,
      waitingSince: at(6).toISOString(),
      channels: ["chat", "email"],
      satisfaction: 4.3,
      ratings: 3,
    });
    expect(summaryOf([...all].reverse())).toEqual(summary);
  });

  it("waits for nobody in a closed conversation", () => {
    expect(summaryOf([one({ status: "closed", waitingSince: at(5) })]).waitingSince).toBeNull();
  });
});

describe("its metafields", () => {
  it("are the ones that shopify.app.toml defines, with the same types", () => {
    const toml = parse(readFileSync("shopify.app.toml", "utf8")) as unknown as {
      customer: { metafields: { app: Record<string, { type: string }> } };
    };
    const defined = Object.entries(toml.customer.metafields.app).map(([key, { type }]) => ({ key, type }));
    expect(fieldsOf(summaryOf([])).map(({ key, type }) => ({ key, type }))).toEqual(defined);
  });

  it("never hold an empty value, which Shopify refuses", () => {
    for (const { value } of [...fieldsOf(summaryOf([])), ...fieldsOf(summaryOf([one({ score: 3 })]))]) {
      expect(value).not.toBe("");
    }
  });
});
