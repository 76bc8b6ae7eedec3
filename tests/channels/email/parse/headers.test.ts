import { describe, expect, it } from "vitest";
import { readAddresses } from "~/channels/email/parse/headers/addresses";
import { readDate } from "~/channels/email/parse/headers/date";
import { readMessageIds } from "~/channels/email/parse/headers/message-ids";
import { readParameters } from "~/channels/email/parse/headers/parameters";
import { decodeWords } from "~/channels/email/parse/headers/words";

describe("encoded words", () => {
  it.each([
    ["base64", "=?utf-8?B?SsOkY2tldA==?=", "Jäcket"],
    ["quoted", "=?iso-8859-1?Q?J=E4cket_blue?=", "Jäcket blue"],
    ["in lower case with a language", "=?utf-8*de?q?J=c3=a4cket?=", "Jäcket"],
    ["white space between two of them", "=?utf-8?Q?a?=\t =?utf-8?Q?b?= c", "ab c"],
    ["a character split between two", "=?utf-8?B?SsM=?= =?utf-8?B?pGNrZXQ=?=", "Jäcket"],
    ["two charsets", "=?utf-8?Q?=C3=A4?= =?windows-1251?Q?=CF?=", "äП"],
    ["spaces inside", "=?utf-8?Q?blue jacket?=", "blue jacket"],
    ["the end missing", "=?utf-8?Q?J=C3=A4cket", "Jäcket"],
    ["a question mark inside", "=?utf-8?Q?Where?_Here=3F?=", "Where? Here?"],
    ["an encoded question mark first", "=?utf-8?Q?=3F?=", "?"],
    ["padding in the middle", "=?utf-8?B?YQ==Yg==?=", "ab"],
    ["in the middle of a word", "x=?utf-8?Q?=C3=A4?=y", "xäy"],
    ["GB 2312", "=?gb2312?B?xPq6ww==?=", "您好"],
    ["ISO-2022-JP", "=?iso-2022-jp?B?GyRCQ20bKEI=?=", "注"],
    ["an unknown charset", "=?x-nobody?Q?J=C3=A4?=", "Jä"],
    ["none", "=? what ?= =?? =?utf-8?X?a?=", "=? what ?= =?? =?utf-8?X?a?="],
  ])("are read: %s", (_name, text, expected) => {
    expect(decodeWords(text)).toBe(expected);
  });
});

describe("parameters", () => {
  it.each([
    ["quoted", 'text/plain; charset="utf-8"', { charset: "utf-8" }],
    ["with spaces and no quotes", "image/png; name=my photo.png; x=1", { name: "my photo.png", x: "1" }],
    ["with escaped quotes", 'a/b; name="say \\"hi\\".txt"', { name: 'say "hi".txt' }],
    ["a path of Windows", 'a/b; name="C:\\files\\a.txt"', { name: "C:\\files\\a.txt" }],
    ["RFC 2231", "a/b; name*=utf-8''%e2%82%ac%20rates", { name: "€ rates" }],
    [
      "continued and split within a character",
      "a/b; name*0*=utf-8''%e2%82; name*1*=%ac; name*2=.txt",
      { name: "€.txt" },
    ],
    ["continued out of order", "a/b; name*1=two; name*0=one-", { name: "one-two" }],
    ["both, where the extended one counts", "a/b; name=x.txt; name*=utf-8''y.txt", { name: "y.txt" }],
    ["encoded words, against the rules", 'a/b; name="=?utf-8?B?w6Q=?=.txt"', { name: "ä.txt" }],
    ["the first semicolon forgotten", "multipart/mixed\tboundary=b", { boundary: "b" }],
    ["no value and no name", "a/b;;; x; =y; z=", { "": "y", z: "" }],
    ["a quote that never closes", 'a/b; name="x', { name: "x" }],
  ])("are read: %s", (_name, text, expected) => {
    expect(Object.fromEntries(readParameters(text).parameters)).toEqual(expected);
  });
});

describe("addresses", () => {
  const of = (text: string) => readAddresses(text).list.map(({ name, address }) => [name, address]);

  it.each([
    ["a bare one", "jane@x.example", [[null, "jane@x.example"]]],
    ["a comment as name", "jane@x.example (Jane (the) Doe)", [["Jane (the) Doe", "jane@x.example"]]],
    [
      "a comma in quotes",
      '"Doe, Jane" <jane@x.example>, bob@x.example',
      [
        ["Doe, Jane", "jane@x.example"],
        [null, "bob@x.example"],
      ],
    ],
    ["a comma that is not quoted", "Doe, Jane <jane@x.example>", [["Doe, Jane", "jane@x.example"]]],
    [
      "groups",
      "Team: a@x.example, b@x.example; undisclosed-recipients:;",
      [
        [null, "a@x.example"],
        [null, "b@x.example"],
      ],
    ],
    ["a name that is its address", "jane@x.example <jane@x.example>", [[null, "jane@x.example"]]],
    ["an address in the name", '"ceo@shop.example" <evil@x.example>', [["ceo@shop.example", "evil@x.example"]]],
    [
      "brackets and an address made of an encoded word",
      "=?utf-8?Q?=3Cceo=40shop.example=3E=2C?= <evil@x.example>",
      [["<ceo@shop.example>,", "evil@x.example"]],
    ],
    [
      "semicolons as Outlook writes them",
      "a@x.example; b@x.example",
      [
        [null, "a@x.example"],
        [null, "b@x.example"],
      ],
    ],
    ["a route", "<@relay.example,@b.example:jane@x.example>", [[null, "jane@x.example"]]],
    ["doubled brackets and quotes", "'Jane' <<jane@x.example>>", [["Jane", "jane@x.example"]]],
    ["a quote that never closes", '"Jane <jane@x.example>', [["Jane", "jane@x.example"]]],
    ["a direction turned over", "\u202eenaJ <jane@x.example>", [["enaJ", "jane@x.example"]]],
    ["other alphabets (RFC 6532)", "用户 <用户@例子.example>", [["用户", "用户@例子.example"]]],
    ["a quoted local part", '"jane.doe"@x.example, "jane doe"@x.example', [[null, "jane.doe@x.example"]]],
    ["nothing of use", "MAILER-DAEMON, <>, @, a@, ,,;:", []],
  ])("are read: %s", (_name, text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it("are counted beyond those that are listed", () => {
    const text = Array.from({ length: 20_000 }, (_one, number) => `r${number}@x.example`).join(", ");
    const { list, count } = readAddresses(text);
    expect([list.length, count]).toEqual([500, 20_000]);
  });
});

describe("message ids", () => {
  it.each([
    ["one", "<a1@x.example>", ["a1@x.example"]],
    ["several, without spaces, once each", "<a1@x><b2@x>,<a1@x>", ["a1@x", "b2@x"]],
    ["folded in the middle", "<a1\t @x.example>", ["a1@x.example"]],
    ["words around them", 'Your message of "Monday" <a1@x>', ["a1@x"]],
    ["no brackets", "a1@x.example b2@x.example", ["a1@x.example", "b2@x.example"]],
    ["a bracket that never closes", "<a1@x <b2@x>", ["b2@x"]],
    ["no at sign", "<20261122022906.12345>", ["20261122022906.12345"]],
    ["empty ones and those that name nothing", "<> <@> < > <unknown> <@x.example> <null@x> <--->", []],
  ])("are read: %s", (_name, text, expected) => {
    expect(readMessageIds(text)).toEqual(expected);
  });

  it("of very many are the first and the nearest", () => {
    const ids = readMessageIds(Array.from({ length: 5_000 }, (_one, number) => `<a${number}@x>`).join(" "));
    expect(ids).toHaveLength(100);
    expect([ids[0], ids[1], ids.at(-1)]).toEqual(["a0@x", "a4901@x", "a4999@x"]);
  });
});

describe("dates", () => {
  it.each([
    ["Sun, 22 Nov 2026 02:29:06 +0100", "2026-11-22T01:29:06.000Z"],
    ["22 Nov 26 02:29 EST", "2026-11-22T07:29:00.000Z"],
    ["Sun, 22 Nov 2026 02:29:06 GMT+0100 (CET)", "2026-11-22T02:29:06.000Z"],
    ["Sun Nov 22 02:29:06 2026", "2026-11-22T02:29:06.000Z"],
    ["2026-11-22T02:29:06+01:00", "2026-11-22T01:29:06.000Z"],
    ["Sunday, 22-November-2026 2:29:06 -0330", "2026-11-22T05:59:06.000Z"],
    ["Fri, 01 Jan 1904 00:00:00 +0000", undefined],
    ["yesterday", undefined],
    ["Sun, 99 Nov 99999 99:99:99 +9999", undefined],
  ])("%s", (text, expected) => {
    expect(readDate(text)?.toISOString()).toBe(expected);
  });
});
