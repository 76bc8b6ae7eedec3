import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryView } from "~/timeline/entry-view";
import { carriedAlong, fold, join, type Line, sizeOf } from "~/timeline/fold";
import { dayIn } from "~/timeline/read";

const dayOf = dayIn("Europe/Copenhagen");
const start = Date.parse("2026-11-21T18:00:00Z");

function view(kind: EntryView["kind"], minutesAgo: number): EntryView {
  const at = new Date(start - minutesAgo * 60_000).toISOString();
  return { id: `${minutesAgo}`, at, kind, ref: null, data: {} } as EntryView;
}

/** Newest first. Mostly views, so that runs get long; now and then a night passes. */
const story = fc
  .array(
    fc.record({
      kind: fc.oneof(
        {
          weight: 12,
          arbitrary: fc.constantFrom("page.viewed" as const, "product.viewed" as const, "cart.changed" as const),
        },
        {
          weight: 2,
          arbitrary: fc.constantFrom("message.received" as const, "order.placed" as const, "cart.emptied" as const),
        },
      ),
      pause: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 0, max: 9 }) },
        { weight: 1, arbitrary: fc.constant(700) },
      ),
    }),
    { maxLength: 160 },
  )
  .map((steps) => {
    let ago = 0;
    return steps.map(({ kind, pause }) => {
      ago += pause;
      return view(kind, ago);
    });
  });

const countOf = (line: Line) => (line.type === "entry" ? 1 : sizeOf(line));

describe("folding", () => {
  it("makes one line of twelve page views in a row, and of the cart's changes among them", () => {
    const views = Array.from({ length: 12 }, (_, index) => view("page.viewed", index));
    const [line, ...others] = fold([...views, view("cart.changed", 12)], dayOf);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ type: "run", views: 12, cartChanges: 1, newest: views[0] });
    expect(line?.type === "run" && line.entries).toHaveLength(13);
  });

  it("keeps apart what something else parts, and what midnight in the shop parts", () => {
    const lines = fold([view("page.viewed", 0), view("message.received", 1), view("page.viewed", 2)], dayOf);
    expect(lines.map((line) => line.type)).toEqual(["run", "entry", "run"]);
    // 00:30 and 23:30 in Copenhagen, one day in UTC.
    const night = ["2026-11-20T23:30:00.000Z", "2026-11-20T22:30:00.000Z"].map((at) => ({
      ...view("page.viewed", 0),
      at,
    }));
    expect(fold(night, dayOf)).toHaveLength(2);
    expect(fold(night, dayIn("UTC"))).toHaveLength(1);
  });

  it.each(["Asia/Kolkata", "Australia/Adelaide", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"])(
    "parts at midnight also where that is within an hour of UTC: %s",
    (zone) => {
      const itsDay = dayIn(zone);
      const day = Array.from({ length: 24 * 12 }, (_, index) => view("page.viewed", index * 5));
      const lines = fold(day, itsDay);
      expect(lines).toHaveLength(new Set(day.map(({ at }) => itsDay(at))).size);
      for (const line of lines) if (line.type === "run") expect(itsDay(line.newest.at)).toBe(itsDay(line.oldest.at));
      const halves = [day.slice(0, 100), day.slice(100)].map((half) => fold(half, itsDay));
      expect(halves.reduce((newer, older) => join(newer, older, itsDay), [])).toEqual(lines);
    },
  );

  it("carries few entries along and counts the others", () => {
    const many = Array.from({ length: carriedAlong + 1 }, (_, index) => view("page.viewed", index));
    expect(fold(many, dayOf)).toEqual([
      { type: "run", views: many.length, cartChanges: 0, newest: many[0], oldest: many.at(-1), entries: null },
    ]);
  });

  it("gives the same lines wherever the pages are cut", () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(160), { maxLength: 6 }), (entries, cuts) => {
        const borders = [
          0,
          ...cuts.map((cut) => Math.min(cut, entries.length)).sort((one, other) => one - other),
          entries.length,
        ];
        const pages = borders.slice(1).map((border, index) => fold(entries.slice(borders[index], border), dayOf));
        expect(pages.reduce((newer, older) => join(newer, older, dayOf), [])).toEqual(fold(entries, dayOf));
        // Read the other way round, the pages are put on top.
        expect(pages.reduceRight((older, newer) => join(newer, older, dayOf), [])).toEqual(fold(entries, dayOf));
      }),
      { numRuns: 300 },
    );
  });

  it("loses nothing and never leaves two runs beside each other on one day", () => {
    fc.assert(
      fc.property(story, (entries) => {
        const lines = fold(entries, dayOf);
        expect(lines.reduce((sum, line) => sum + countOf(line), 0)).toBe(entries.length);
        lines.forEach((line, index) => {
          const next = lines[index + 1];
          if (line.type === "run" && next?.type === "run")
            expect(dayOf(line.oldest.at)).not.toBe(dayOf(next.newest.at));
        });
      }),
    );
  });
});
