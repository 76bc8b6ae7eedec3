import { describe, expect, it } from "vitest";
import { decodeText } from "~/channels/email/parse/charsets/decode";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("a declared charset", () => {
  it.each([
    ["utf-8", "c3a4", "ä"],
    ["UTF8", "efbbbf c3a4", "ä"],
    ["windows-1252", "93 80 94", "“€”"],
    ["iso-8859-1", "93 e4", "“ä"],
    ["cp1251", "cff0e8", "При"],
    ["koi8-r", "f0d2c9", "При"],
    ["x-sjis", "83658358", "テス"],
    ["cp932", "83658358", "テス"],
    ["cp936", "c4fa", "您"],
    ["GB18030-2000", "c4fa", "您"],
    ["cp949", "b0a1", "가"],
    ["ks_c_5601-1987", "b0a1", "가"],
    ["cp950", "a7da", "我"],
    ["iso-2022-jp", "1b2442 4d25 1b2842", "優"],
    ["iso-2022-kr", "1b242943 0e 3021 0f 61", "가a"],
    ["hz-gb-2312", "7e7b 447a 7e7d 61", "您a"],
    ["utf-7", "2b414f51 2d", "ä"],
    ["utf-16le", "e400 6100", "äa"],
    ["utf-16", "6162", "ab"],
    ["utf-32be", "000000e4", "ä"],
    ["cp437", "84 9b", "ä¢"],
    ["cp850", "84 d5", "ä€"],
    ["ibm852", "a5", "ą"],
    ["cp866", "8f", "П"],
    ["tis-620", "a1", "ก"],
    ["iso-8859-8-i", "e0", "א"],
    ["x-mac-roman", "8a", "ä"],
  ])("%s", (label, hex, expected) => {
    expect(decodeText(bytes(hex), label)).toBe(expected);
  });

  it("that the bytes show to be wrong gives way to UTF-8", () => {
    expect(decodeText(Buffer.from("Jäcket – größer"), "iso-8859-1")).toBe("Jäcket – größer");
    expect(decodeText(Buffer.from("Jäcket"), "us-ascii")).toBe("Jäcket");
  });

  it("of UTF-8 that the bytes are not gives way to what they are", () => {
    expect(decodeText(Buffer.from("Jäcket", "latin1"), "utf-8")).toBe("Jäcket");
  });

  it("of UTF-8 keeps text in which one character was cut", () => {
    expect(decodeText(Buffer.concat([Buffer.from("größer, "), bytes("c3")]), "utf-8")).toBe("größer, �");
  });
});

describe("without a charset", () => {
  it.each([
    ["UTF-8", Buffer.from("größer")],
    ["Western European", Buffer.from("größer, für", "latin1")],
  ])("%s is found", (_name, text) => {
    expect(decodeText(text, null)).toMatch(/^größer/);
  });

  it("one umlaut alone is Western European", () => {
    expect(decodeText(Buffer.from("Die Hasen und die Fr\xf6sche", "latin1"), null)).toBe("Die Hasen und die Frösche");
  });

  it.each([
    [
      "Russian in windows-1251",
      "c7e4f0e0e2f1f2e2f3e9f2e5 2c20 e3e4e520ece5e9 20e7e0eae0e7",
      "Здравствуйте, где мей заказ",
    ],
    ["Russian in KOI8-R", "fac4d2c1d7d3d4d7d5cad4c5", "Здравствуйте"],
    ["Japanese in Shift_JIS", "82b182f182c982bf82cd 8c8b 89ca", "こんにちは結果"],
    ["Japanese in EUC-JP", "a4b3a4f3a4cba4c1a4cf", "こんにちは"],
    ["Japanese in ISO-2022-JP", "1b2442 2433 2473 1b2842", "こん"],
    ["Chinese in GBK", "c4fabac3a3acced2b5c4b6a9b5a5d4dac4c4c0ef", "您好，我的订单在哪里"],
    ["Korean in EUC-KR", "bec8b3e7c7cfbcbcbfe4", "안녕하세요"],
  ])("%s is found", (_name, hex, expected) => {
    expect(decodeText(bytes(hex), null)).toBe(expected);
  });
});
