import { beforeAll, describe, expect, it } from "vitest";
import type { Context, StaffActor } from "~/context";
import { dismissSetup, saveSettings } from "~/settings/save";
import { defaultSettings, readSettings, settingsOf, settingsShape } from "~/settings/settings";
import { testShop } from "../support/context";
import { testDatabase } from "../support/database";

const form = {
  ...{ privacyPolicyUrl: "", displayName: "", awayMessage: "", hoursText: "", continueDays: "7" },
  followUpByEmail: true,
  followUpAfterMinutes: "5",
  followUpGapMinutes: "10",
};
const problem = (part: object) => {
  const read = settingsShape.safeParse({ ...form, ...part });
  return read.success ? null : read.error.issues.map((issue) => [issue.path.join("."), issue.message]);
};

describe("the form", () => {
  it("takes what a merchant types, trimmed, with an empty link as none", () => {
    const typed = { ...form, displayName: "  Northwind ", continueDays: "14", privacyPolicyUrl: " " };
    expect(settingsShape.parse(typed)).toMatchObject({
      displayName: "Northwind",
      continueDays: 14,
      privacyPolicyUrl: null,
    });
  });

  it.each(["javascript:alert(1)", "example.com", "http://localhost", "ftp://a.example", "https://"])(
    "refuses %s as a link to the privacy policy",
    (privacyPolicyUrl) => expect(problem({ privacyPolicyUrl })?.[0]?.[0]).toBe("privacyPolicyUrl"),
  );

  it.each(["", "-1", "1.5", "366", "seven", null])("refuses %s as a number of days", (continueDays) =>
    expect(problem({ continueDays })?.[0]?.[0]).toBe("continueDays"),
  );

  it("says how long a text may be", () => {
    expect(problem({ awayMessage: "x".repeat(501) })).toEqual([["awayMessage", "Use at most 500 characters"]]);
  });
});

describe("what a row holds", () => {
  it("has the default for everything that is missing or no longer valid", () => {
    expect(readSettings({ settings: {} })).toEqual(defaultSettings);
    expect(readSettings({ settings: null })).toEqual(defaultSettings);
    const odd = { settings: { continueDays: "many", displayName: 5, hoursText: "9 to 5", unknown: true } };
    expect(readSettings(odd)).toEqual({ ...defaultSettings, hoursText: "9 to 5" });
  });
});

describe("saving", () => {
  let ctx: Context<StaffActor>;
  let other: Context<StaffActor>;
  beforeAll(async () => {
    const db = await testDatabase();
    ctx = await (await testShop(db)).staff();
    other = await (await testShop(db)).staff();
  });

  it("keeps what was set, for this shop only, and what else the row holds", async () => {
    await dismissSetup(ctx);
    await saveSettings(ctx, settingsShape.parse({ ...form, displayName: "Anna's shop", continueDays: 0 }));
    expect(await settingsOf(ctx)).toMatchObject({
      displayName: "Anna's shop",
      continueDays: 0,
      setupDismissedAt: ctx.clock.now().toISOString(),
    });
    expect(await settingsOf(other)).toEqual(defaultSettings);
  });
});
