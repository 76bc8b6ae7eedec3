import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isId, newId } from "~/platform/ids";

describe("newId", () => {
  it("is a UUID of version 7 whose first half is the time", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(2 ** 48 - 1), noInvalidDate: true }), (now) => {
        const id = newId(now);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(now.getTime());
        expect(isId(id)).toBe(true);
      }),
    );
  });

  it("stands in the order of time, and never comes twice", () => {
    const ids = Array.from({ length: 2_000 }, (_, at) => newId(new Date(1_700_000_000_000 + at)));
    expect([...ids].sort()).toEqual(ids);
    const now = new Date();
    expect(new Set(Array.from({ length: 10_000 }, () => newId(now))).size).toBe(10_000);
  });
});

it.each([
  "",
  "x",
  "0193",
  `${newId()} `,
  `{${newId()}}`,
  newId().replaceAll("-", ""),
  null,
  undefined,
  7,
  {},
  [newId()],
])("isId refuses %j", (value) => expect(isId(value)).toBe(false));
