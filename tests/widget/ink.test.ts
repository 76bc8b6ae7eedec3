import fc from "fast-check";
import { expect, it } from "vitest";
import { accentOnWhite, contrast, inkOn } from "../../app/widget/chat/ink";

it("knows the contrasts of WCAG", () => {
  expect(contrast("#000", "#fff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("is readable on whatever colour a merchant chooses", () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(colour, (chosen) => {
      expect(contrast(chosen, inkOn(chosen))).toBeGreaterThanOrEqual(4.2);
      expect(contrast(accentOnWhite(chosen), "#ffffff")).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2_000 },
  );
});
