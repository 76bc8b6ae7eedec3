import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Lines } from "~/channels/email/visible/lines";
import { markLines } from "~/channels/email/visible/mark";
import { visibleText } from "~/channels/email/visible/visible-text";
import { languages } from "./languages";

/** Pieces of which mails are made, in any order, so that also what nobody writes is tried. */
const pieces = [
  "",
  "",
  "Hello there",
  "the blue one, please",
  "> Which colour?",
  ">",
  ">> Older still",
  "-- ",
  "--",
  "________________",
  "Sent from my iPhone",
  "To: Ada",
  "wrote:",
  "On 9 January 2026",
  ...Object.values(languages).flatMap((one) => [
    ...one.wrote.flatMap((sentence) => sentence.split("\n")),
    ...one.headers.map((label) => `${label} Northwind`),
    one.original ?? "",
    one.forwarded,
    ...one.phone,
  ]),
];
const mails = fc.array(fc.oneof(fc.constantFrom(...pieces.slice(0, 14)), fc.constantFrom(...pieces), fc.string()), {
  maxLength: 40,
});
const filled = (text: string | null) =>
  (text ?? "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .map((line) => line.trimEnd());

describe("any mail", () => {
  it("keeps every line, in order, either visible or folded", () => {
    fc.assert(
      fc.property(mails, (lines) => {
        const text = lines.join("\n");
        const { visible, folded } = visibleText(text);
        const [a, b] = [filled(visible), filled(folded)];
        // Both are what is left of the mail when the other is taken away.
        const ways = new Set(["0,0"]);
        const all = filled(text);
        all.forEach((line, at) => {
          for (const way of [...ways]) {
            const [x = 0, y = 0] = way.split(",").map(Number);
            ways.delete(way);
            if (x + y !== at) continue;
            if (a[x] === line) ways.add(`${x + 1},${y}`);
            if (b[y] === line) ways.add(`${x},${y + 1}`);
          }
        });
        expect([...ways]).toEqual([`${a.length},${b.length}`]);
      }),
      { numRuns: 300 },
    );
  });

  it("has something visible, and nothing more to fold in it", () => {
    fc.assert(
      fc.property(mails, (lines) => {
        const { visible } = visibleText(lines.join("\n"));
        expect(visible === "").toBe(lines.join("\n").trim() === "");
        expect(visibleText(visible).visible).toBe(visible);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the work", () => {
  const steps = (text: string): number => {
    const lines = new Lines(text);
    markLines(lines, false);
    return lines.looked;
  };

  it.each([
    ["quotes", ">".repeat(60)],
    ["deep quotes", ">".repeat(5000)],
    ["openings without an end", "On 9 January 2026 at 10:47"],
    ["ends without an opening", "ada@shopper.example wrote:"],
    ["labels", "From: Ada"],
    ["rules", "________________"],
    ["dashes", "--"],
    ["rules and nothing", "____\n"],
    ["footers", "\nThis message and any attachments"],
    ["phones", "\nSent from my"],
    ["lines to answer above", "ada@shopper.example\n##- above -##"],
  ])("grows with the number of lines and no faster: %s", (_name, line) => {
    const [few, many] = [200, 2000].map((count) => steps(Array(count).fill(line).join("\n")));
    expect((many ?? 0) / (few ?? 1)).toBeLessThan(11);
  });

  it("is bounded for one line, however long it is", () => {
    for (const piece of [">", "a", "-", "@", "<", " ", "9:", "wrote:", "*", "_", "On 9 January 2026 "]) {
      const line = piece.repeat(300_000);
      expect(visibleText(line).visible).toBe(line.trimEnd());
      expect(new Lines(line).at(0).words.length).toBeLessThan(500);
    }
  });
});
