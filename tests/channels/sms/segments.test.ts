import { describe, expect, test } from "vitest";
import { segmentsOf } from "~/channels/sms/segments";

const counted = (text: string) => {
  const { encoding, segments, units, left } = segmentsOf(text);
  return [encoding, segments, units, left];
};

describe("a text", () => {
  test.each([
    ["", ["GSM-7", 0, 0, 160]],
    ["a".repeat(160), ["GSM-7", 1, 160, 0]],
    ["a".repeat(161), ["GSM-7", 2, 161, 145]],
    ["a".repeat(306), ["GSM-7", 2, 306, 0]],
    ["a".repeat(307), ["GSM-7", 3, 307, 152]],
    ["äöüÄÖÜßñà£¥§¿ΔΦ@\r\n", ["GSM-7", 1, 18, 142]],
    // The extension: a euro sign takes two.
    ["€".repeat(80), ["GSM-7", 1, 160, 0]],
    ["€".repeat(81), ["GSM-7", 2, 162, 143]],
    // An escape is never parted from its letter: 152 letters, and the euro sign goes over.
    [`${"a".repeat(152)}€${"a".repeat(10)}`, ["GSM-7", 2, 164, 141]],
    ["{[~]}^|\\", ["GSM-7", 1, 16, 144]],
    // What is not in the alphabet: á, ç, a typographic quote, a dash.
    ["á", ["UCS-2", 1, 1, 69]],
    ["’".repeat(70), ["UCS-2", 1, 70, 0]],
    ["’".repeat(71), ["UCS-2", 2, 71, 63]],
    ["a".repeat(160).concat("ç"), ["UCS-2", 3, 161, 40]],
    ["👋", ["UCS-2", 1, 2, 68]],
    // A surrogate pair is never parted: 66 units and an emoji.
    [`${"ж".repeat(66)}👋${"ж".repeat(5)}`, ["UCS-2", 2, 73, 60]],
  ])("%j takes %j", (text, expected) => {
    expect(counted(text)).toEqual(expected);
  });
});
