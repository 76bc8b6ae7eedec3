import { describe, expect, it } from "vitest";
import { decideEvidence } from "~/selling/decide-evidence";
import { decideSale, type SaleFacts } from "~/selling/decide-sale";

const now = new Date("2026-11-21T12:00:00Z");

describe("the sale of a cart", () => {
  const sale = (orderId: string, minute: number, evidence: SaleFacts["evidence"]): SaleFacts => ({
    orderId,
    at: new Date(now.getTime() + minute * 60_000),
    evidence,
  });
  it.each<[string, SaleFacts, SaleFacts, string]>([
    ["the one paid first", sale("1", 1, "cart"), sale("2", 2, "draft-order"), "1"],
    ["the one paid first, also when it is the draft", sale("1", 2, "cart"), sale("2", 1, "draft-order"), "2"],
    ["at the same moment the stronger evidence", sale("1", 1, "cart"), sale("2", 1, "draft-order"), "2"],
    ["at the same moment and evidence the lower id", sale("2", 1, "cart"), sale("1", 1, "cart"), "1"],
  ])("is %s, whichever is told first", (_what, one, other, winner) => {
    expect(decideSale(one, other).orderId).toBe(winner);
    expect(decideSale(other, one).orderId).toBe(winner);
  });
});

describe("the conversation that a paid cart is a sale of", () => {
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  it.each<[string, [string, Date | null][], string | null]>([
    ["none without a word of staff", [["a", null]], null],
    ["the one that staff wrote in", [["a", ago(1)]], "a"],
    [
      "the last one they wrote in",
      [
        ["a", ago(3)],
        ["b", ago(1)],
      ],
      "b",
    ],
    ["up to seven days later", [["a", ago(7)]], "a"],
    ["not later", [["a", ago(7.01)]], null],
    ["never one that was written after the order", [["a", ago(-1)]], null],
  ])("%s", (_what, talks, expected) => {
    const given = talks.map(([conversationId, staffWroteAt]) => ({ conversationId, staffWroteAt }));
    expect(decideEvidence(given, now)).toBe(expected);
  });
});
