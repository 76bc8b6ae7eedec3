import { describe, expect, it } from "vitest";
import { age, clockTime, dayInWords, dayOf, shortDate, span } from "~/ui/time";

const now = Date.parse("2026-11-21T12:00:00Z");
const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("age", () => {
  it.each([
    [0, "now"],
    [59_999, "now"],
    [minute, "1 min"],
    [2 * minute + 59_000, "2 min"],
    [59 * minute, "59 min"],
    [hour, "1 h"],
    [23 * hour + 59 * minute, "23 h"],
    [day, "1 d"],
    [7 * day - 1, "6 d"],
    [7 * day, "Nov 14"],
    [400 * day, "Oct 17, 2025"],
  ])("says %d milliseconds as %s", (passed, words) => {
    expect(age(ago(passed), now, "en-US", "UTC")).toBe(words);
  });

  it("says now for a clock that is a little ahead", () => {
    expect(age(ago(-30_000), now)).toBe("now");
  });
});

describe("span", () => {
  it.each([
    [30_000, "less than a minute"],
    [minute, "1 minute"],
    [61 * minute, "1 hour 1 minute"],
    [2 * hour, "2 hours"],
    [50 * hour, "2 days"],
  ])("says %d milliseconds as %s", (passed, words) => expect(span(passed)).toBe(words));
});

describe("days", () => {
  it("are those of the time zone, not of UTC", () => {
    const lateEvening = "2026-11-20T23:30:00Z";
    expect(dayOf(lateEvening, "UTC")).toBe("2026-11-20");
    expect(dayOf(lateEvening, "Europe/Berlin")).toBe("2026-11-21");
    expect(dayInWords(lateEvening, now, "en", "UTC")).toBe("Yesterday");
    expect(dayInWords(lateEvening, now, "en", "Europe/Berlin")).toBe("Today");
  });

  it("are named, with the year when it is another one", () => {
    expect(dayInWords("2026-11-11T09:00:00Z", now, "en-GB", "UTC")).toMatch(/^Wednesday,? 11 November$/);
    expect(dayInWords("2025-11-11T09:00:00Z", now, "en-GB", "UTC")).toMatch(/^Tuesday,? 11 November 2025$/);
    expect(shortDate("2025-11-11T09:00:00Z", now, "en-GB", "UTC")).toBe("11 Nov 2025");
  });

  it("have clock times as the locale writes them", () => {
    expect(clockTime("2026-11-21T13:05:00Z", "en-GB", "Europe/Berlin")).toBe("14:05");
  });
});
