import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise, normaliseEmail, normalisePhone } from "~/customers/normalise";

describe("an e-mail address", () => {
  it.each([
    ["mia@example.com", "mia@example.com"],
    ["  Mia.Holm@Example.COM ", "mia.holm@example.com"],
    ["mia+shop@gmail.com", "mia+shop@gmail.com"],
    ["m.i.a@gmail.com", "m.i.a@gmail.com"],
    ["mia@googlemail.com", "mia@googlemail.com"],
    ["info@bücher.example", "info@xn--bcher-kva.example"],
    ["info@BÜCHER.example", "info@xn--bcher-kva.example"],
    ["info@xn--bcher-kva.example", "info@xn--bcher-kva.example"],
    ["用户@例子.测试", "用户@xn--fsqu00a.xn--0zwm56d"],
    ["jose\u0301@example.com", "jos\u00e9@example.com"],
    ['"mia"@example.com', "mia@example.com"],
    ['"m\\ia"@example.com', "mia@example.com"],
    ['"Mia Holm"@example.com', '"mia holm"@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['"a\\"b"@example.com', '"a\\"b"@example.com'],
    ['"very.(),:;<>[]"@example.com', '"very.(),:;<>[]"@example.com'],
    ["o'neil/x=y@example.co.uk", "o'neil/x=y@example.co.uk"],
    ["mia@[192.0.2.1]", "mia@[192.0.2.1]"],
    ["mia@[IPv6:2001:DB8::1]", "mia@[ipv6:2001:db8::1]"],
    [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
  ])("%j is %j", (typed, kept) => {
    expect(normaliseEmail(typed)).toBe(kept);
  });

  it.each([
    "",
    " ",
    "@",
    "mia",
    "@example.com",
    "mia@",
    "mia@example",
    "mia@localhost",
    "mia@.example.com",
    "mia@example..com",
    "mia@example.com.",
    "mia@-example.com",
    "mia@exa_mple.com",
    "mia@1.2.3.4",
    "mia@[300.1.1.1]",
    ".mia@example.com",
    "mia.@example.com",
    "mi..a@example.com",
    "mia holm@example.com",
    "Mia <mia@example.com>",
    "mia(comment)@example.com",
    "a@b@example.com",
    '""@example.com',
    '"a"b@example.com',
    '"a\n"@example.com',
    "mia\u0000@example.com",
    "mi\u200ba@example.com",
    "mia\u202e@example.com",
    `${"a".repeat(65)}@example.com`,
    `${"é".repeat(33)}@example.com`,
    `mia@${"a".repeat(64)}.com`,
    `mia@${"a.".repeat(130)}com`,
  ])("%j is none", (typed) => {
    expect(normaliseEmail(typed)).toBeNull();
  });

  it("is the same however often and in whatever case it is written", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const kept = normaliseEmail(address);
        expect(kept).not.toBeNull();
        expect(normaliseEmail(kept as string)).toBe(kept);
        expect(normaliseEmail(address.toUpperCase())).toBe(kept);
        expect(normaliseEmail(` ${address}\n`)).toBe(kept);
      }),
    );
  });

  it("is never empty, and one way of writing itself, whatever came in", () => {
    const parts = fc.constantFrom(
      "a",
      "Ä",
      '"',
      "\\",
      "@",
      ".",
      " ",
      "ß",
      "İ",
      "xn--",
      "-",
      "例",
      "\u200d",
      "1",
      "[",
      "]",
      "com",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(parts).map((all) => all.join("")),
        ),
        (text) => {
          for (const typed of [text, `${text}@example.com`, `a@${text}`, `a@${text}.com`, `"${text}"@example.com`]) {
            const kept = normaliseEmail(typed);
            if (kept === null) continue;
            expect(kept).toMatch(/^.+@.+$/su);
            expect(normaliseEmail(kept)).toBe(kept);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a phone number", () => {
  it.each([
    ["+45 20 12 34 56", null, "+4520123456"],
    ["20 12 34 56", "DK", "+4520123456"],
    ["20123456", "dk", "+4520123456"],
    ["0045 20123456", "DK", "+4520123456"],
    ["(0)171 2345678", "DE", "+491712345678"],
    ["0171/2345678", "DE", "+491712345678"],
    ["+49 (0) 171 2345678", "DK", "+491712345678"],
    ["(202) 456-1111", "US", "+12024561111"],
    ["06 12 34 56 78", "FR", "+33612345678"],
    ["٢٠١٢٣٤٥٦", "DK", "+4520123456"],
  ])("%j in %s is %s", (typed, country, kept) => {
    expect(normalisePhone(typed, country)).toBe(kept);
  });

  it.each([
    ["", "DK"],
    ["20123456", null],
    ["20123456", "XX"],
    ["00000000", "DK"],
    ["+45 00 00 00 00", "DK"],
    ["123", "DK"],
    ["call me: 20123456", "DK"],
    ["+1 202 456 1111 ext. 7", "US"],
    ["mia@example.com", "DK"],
    ["+999 12345678", "DK"],
  ])("%j in %s is none", (typed, country) => {
    expect(normalisePhone(typed, country)).toBeNull();
  });

  it("is the same when it is read again, in whichever country", () => {
    const country = fc.constantFrom("DK", "DE", "US", "FR", "GB", "JP", "BR", null);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789 +-()") }), country, country, (text, here, there) => {
        const kept = normalisePhone(text, here);
        if (kept === null) return;
        expect(kept).toMatch(/^\+\d{6,15}$/);
        expect(normalisePhone(kept, there)).toBe(kept);
      }),
      { numRuns: 500 },
    );
  });
});

describe("an identifier", () => {
  it("is taken as given when it is Shopify's id, and none when it is not one", () => {
    const gid = "gid://shopify/Customer/7001";
    expect(normalise("shopify-customer", gid, null)).toEqual({ kind: "shopify-customer", value: gid });
    for (const wrong of ["", "7001", "gid://shopify/Order/1", `${gid} `, null]) {
      expect(normalise("shopify-customer", wrong, null)).toBeNull();
    }
  });

  it.each([["email"], ["phone"], ["shopify-customer"]] as const)("of kind %s is never empty", (kind) => {
    for (const nothing of [null, "", " ", "\u200b", "null"]) expect(normalise(kind, nothing, "DK")).toBeNull();
  });
});
