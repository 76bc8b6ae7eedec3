import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { cleanText, longestText, preview } from "~/conversations/text";
import type { Database } from "~/db.server";
import { conversationRow, say, startChat } from "../support/chat";
import { type TestShop, testShop } from "../support/context";
import { testDatabase } from "../support/database";

/** Texts of the unkind sort: controls, halves of pairs, direction marks, markup, emoji and ordinary words. */
const unkind = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        "\u0000",
        "\u0008",
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u001b[31m",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
      ),
      fc.constantFrom(
        "\ud83d",
        "\ude00",
        "😀",
        "👩‍👩‍👧",
        "🇳🇴",
        "é",
        "e\u0301",
        "שלום",
        "<script>alert(1)</script>",
        "'; --",
      ),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

describe("cleanText", () => {
  it("keeps nothing that could break a row, a terminal or the direction of a page, whatever comes", () => {
    fc.assert(
      fc.property(unkind, (raw) => {
        const kept = cleanText(`a${raw}`);
        expect(kept.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone.
        expect(kept).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(kept).toBe(kept.trim());
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(unkind, (raw) => {
        const once = cleanText(`a${raw}`);
        expect(cleanText(once)).toBe(once);
      }),
    );
  });

  it.each([
    "Hi <b>you</b> & co",
    "😀👩‍👩‍👧🇳🇴",
    "שלום \u200f",
    "a\n\n\tb",
    "e\u0301",
    "'; DROP TABLE message; --",
    "{{7*7}}",
  ])("leaves %j as it is written", (text) => expect(cleanText(text)).toBe(text.trim()));

  it.each(["", " \n\t ", "\u0000\u0007", "\u200b", "\u200d\ufeff\u2060", "\u00ad", "\u202e\u202c"])(
    "refuses %j, in which nothing can be seen",
    (text) => {
      expect(() => cleanText(text)).toThrow(expect.objectContaining({ status: 422 }));
      expect(() => cleanText(text, 1)).not.toThrow();
    },
  );

  it("takes the longest text and nothing longer", () => {
    expect(cleanText("x".repeat(longestText))).toHaveLength(longestText);
    expect(() => cleanText("x".repeat(longestText + 1))).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ field: "text" })] }),
    );
  });
});

describe("preview", () => {
  it("is one line of at most 160, never cut through a pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
        const line = preview(text, 1);
        expect(line.length).toBeLessThanOrEqual(160);
        expect(line).not.toMatch(/[\r\n]/);
        if (text.isWellFormed()) expect(line.isWellFormed()).toBe(true);
      }),
    );
    expect(preview("😀".repeat(100), 0)).toBe(`${"😀".repeat(79)}…`);
    expect(preview("", 1)).toBe("Sent an attachment");
    expect(preview("\u200b", 3)).toBe("Sent 3 attachments");
    expect(preview("", 0, { location: { latitude: 55, longitude: 12, name: null, address: null } })).toBe(
      "Sent a location",
    );
    expect(preview("", 1, { story: { kind: "mention", link: null } })).toBe("Mentioned you in a story");
  });
});

describe("a text on its way through the database", () => {
  let db: Database;
  let shop: TestShop;
  beforeAll(async () => {
    db = await testDatabase();
    shop = await testShop(db);
  });

  it("comes back as it was cleaned, whatever it is", async () => {
    const { id, shopper } = await startChat(shop);
    await fc.assert(
      fc.asyncProperty(unkind, async (raw) => {
        const sent = await say(shopper, id, `a${raw}`);
        expect(sent.text).toBe(cleanText(`a${raw}`));
        expect((await conversationRow(db, shop.base.shop.id, id)).lastMessageText).toBe(preview(sent.text, 0));
      }),
      { numRuns: 60 },
    );
  });
});
