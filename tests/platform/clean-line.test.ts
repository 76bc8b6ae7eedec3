import fc from "fast-check";
import { expect, it } from "vitest";
import { cleanLine } from "~/platform/clean-line";

it.each([
  ["a\u0000b", "a b"],
  ["  two \n lines\t", "two lines"],
  ["evil\u202Egnp.exe", "evil gnp.exe"],
  ["\ud800x", "\ufffdx"],
  ["café ☕️", "café ☕️"],
])("%j becomes %j", (raw, clean) => {
  expect(cleanLine(raw, 100)).toBe(clean);
});

it("keeps to its length without cutting a character in two, and changes nothing twice", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (raw, most) => {
      const clean = cleanLine(raw, most);
      expect(clean.length).toBeLessThanOrEqual(most);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(/\p{Cc}/u);
      expect(cleanLine(clean, most)).toBe(clean.trim());
    }),
  );
});
