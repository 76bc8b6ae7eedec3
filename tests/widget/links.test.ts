import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pieces } from "../../app/widget/chat/links";

const links = (text: string) => pieces(text).flatMap((each) => ("href" in each ? [each.text] : []));

describe("links in a message", () => {
  it.each([
    ["See https://example.com.", ["https://example.com"]],
    ["(https://example.com/a)", ["https://example.com/a"]],
    ["https://en.wikipedia.org/wiki/Jacket_(song)", ["https://en.wikipedia.org/wiki/Jacket_(song)"]],
    ["https://example.com/?a=1&b=2#c, and http://b.example!", ["https://example.com/?a=1&b=2#c", "http://b.example"]],
    ["“https://example.com/x”", ["https://example.com/x"]],
    ["javascript:alert(1) data:text/html,x ftp://a.example mailto:a@b.example", []],
    ["https:// and http://", []],
    ["HTTPS://EXAMPLE.COM", ["HTTPS://EXAMPLE.COM"]],
    ["<a href=https://example.com>x</a>", ["https://example.com"]],
    ["nothing here", []],
  ])("%j", (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each([
    ["https://northwind.example/687500000/invoices/3f2a9c0d11e84b7c", true],
    ["https://northwind.example/invoices/3f2a9c0d11e84b7c/", true],
    ["https://northwind.example/pages/invoices", false],
    ["https://northwind.example/687500000/invoices/3f2a9c0d11e84b7c/evil", false],
    ["https://northwind.example/?x=/invoices/3f2a9c0d11e84b7c", false],
  ])("%s is an invoice: %s", (text, pay) => {
    expect(pieces(text)).toMatchObject([{ href: text, pay }]);
  });

  it("loses and adds nothing, and opens http and https only", () => {
    const part = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.constantFrom(" ", "\n", ".", ")", "javascript:", "https://", "http://a"),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        const found = pieces(text);
        expect(found.map((each) => each.text).join("")).toBe(text);
        for (const each of found) if ("href" in each) expect(new URL(each.href).protocol).toMatch(/^https?:$/);
      }),
    );
  });
});
