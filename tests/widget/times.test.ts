import { expect, it } from "vitest";
import { fill } from "../../app/widget/chat/texts";
import { dayOf } from "../../app/widget/chat/times";

const now = new Date(2026, 10, 21, 9, 0);

it.each([
  [new Date(2026, 10, 21, 0, 0), "en", "Today"],
  [new Date(2026, 10, 20, 23, 59), "en", "Yesterday"],
  [new Date(2026, 10, 20, 23, 59), "de", "Gestern"],
  [new Date(2026, 10, 19, 12, 0), "en", "Thursday, November 19"],
  [new Date(2025, 10, 19, 12, 0), "en", "Wednesday, November 19, 2025"],
])("the day of %s in %s is %s", (at, language, text) => {
  expect(dayOf(at.getTime(), language, now)).toBe(text);
});

it("fills in what is known and leaves the rest", () => {
  expect(fill("{name} of {shop}", { name: "Anna" })).toBe("Anna of {shop}");
});
