import { describe, expect, it } from "vitest";
import { readTnef } from "~/channels/email/parse/tnef/read";
import { decodeRtf } from "~/channels/email/parse/tnef/rtf";
import { unpackRtf } from "~/channels/email/parse/tnef/unpack-rtf";
import { from, read } from "./mails";

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const uint16 = (value: number): Buffer => uint32(value).subarray(0, 2);
const attribute = (id: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([2]), uint32(id), uint32(data.length), data, Buffer.alloc(2)]);
const padded = (data: Buffer): Buffer =>
  Buffer.concat([uint32(1), uint32(data.length), data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
const property = (type: number, id: number, value: Buffer): Buffer => Buffer.concat([uint16(type), uint16(id), value]);
const properties = (...all: Buffer[]): Buffer => Buffer.concat([uint32(all.length), ...all]);
const tnef = (...all: Buffer[]): Buffer => Buffer.concat([uint32(0x223e9f78), uint16(1), ...all]);

const packed = (rtf: string): Buffer => {
  const bytes = Buffer.from(rtf, "latin1");
  return Buffer.concat([uint32(bytes.length + 12), uint32(bytes.length), uint32(0x414c454d), uint32(0), bytes]);
};

const named = Buffer.concat([
  uint16(0x1f),
  uint16(0x8001),
  Buffer.alloc(16),
  uint32(1),
  uint32(6),
  Buffer.from("a\0b\0\0\0"),
  Buffer.alloc(2),
  padded(Buffer.from("x\0")),
]);
const file = [
  attribute(0x00069002, Buffer.alloc(14)),
  attribute(0x00018010, Buffer.from("REPORT~1.PDF\0")),
  attribute(0x0006800f, Buffer.from("%PDF")),
  attribute(
    0x00069005,
    properties(
      named,
      property(0x0003, 0x3705, uint32(1)),
      property(0x001f, 0x3707, padded(Buffer.from("Größe.pdf\0", "utf16le"))),
      property(0x001e, 0x370e, padded(Buffer.from("application/pdf\0"))),
    ),
  ),
];

describe("a winmail.dat", () => {
  it("gives its files with their long names, and its text", () => {
    const found = readTnef(
      tnef(attribute(0x00069007, uint32(1251)), attribute(0x0002800c, Buffer.from([0xcf, 0xf0, 0xe8, 0])), ...file),
    );
    expect(found?.text).toBe("При");
    expect(found?.files).toEqual([
      { name: "Größe.pdf", mediaType: "application/pdf", content: Buffer.from("%PDF"), contentId: null },
    ]);
  });

  it("gives HTML that stands in a property, in its own charset", () => {
    const words = properties(
      property(0x0003, 0x3fde, uint32(65001)),
      property(0x0102, 0x1013, padded(Buffer.from("<p>Größe</p>"))),
    );
    expect(readTnef(tnef(attribute(0x00069003, words)))?.html).toBe("<p>Größe</p>");
  });

  it("gives HTML that is wrapped in RTF", () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0\fcharset0 Arial;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\b\htmlrtf0 Gr\'f6\'dfe \{\u8364?\}\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}}`;
    expect(
      readTnef(tnef(attribute(0x00069003, properties(property(0x0102, 0x1009, padded(packed(rtf))))))),
    ).toMatchObject({
      html: "<html><p>Größe {€}</p>",
    });
  });

  it("is taken apart in a mail, and is no file itself", async () => {
    const body = tnef(attribute(0x0002800c, Buffer.from("Words.\0")), ...file).toString("base64");
    const found = await read(
      from,
      "Content-Type: application/ms-tnef; name=winmail.dat",
      "Content-Transfer-Encoding: base64",
      "",
      body,
    );
    expect(found.text).toBe("Words.");
    expect(found.files.map(({ name, mediaType, from: part }) => [name, mediaType, part])).toEqual([
      ["Größe.pdf", "application/pdf", "tnef"],
    ]);
  });

  it("that cannot be read stays a file", async () => {
    const found = await read(from, "Content-Type: application/ms-tnef; name=winmail.dat", "", "nonsense");
    expect(found.files.map(({ name }) => name)).toEqual(["winmail.dat"]);
    expect(found.problems).toEqual(["A winmail.dat in this mail could not be read."]);
  });

  it("may end anywhere", () => {
    const whole = tnef(
      attribute(0x00069003, properties(named, property(0x0102, 0x1013, padded(Buffer.from("<p>x</p>"))))),
      ...file,
    );
    for (let length = 0; length < whole.length; length += 1)
      expect(() => readTnef(whole.subarray(0, length))).not.toThrow();
  });
});

describe("RTF", () => {
  it("is unpacked as its specification shows it", () => {
    // [MS-OXRTFCP] 3.1.1: the example of a simple compressed RTF.
    const bytes = Buffer.from(
      "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c09002062770 5b06c647d0a800fa0".replaceAll(
        " ",
        "",
      ),
      "hex",
    );
    expect(unpackRtf(bytes)?.toString("latin1")).toBe("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  });

  it.each([
    ["paragraphs and marks", String.raw`{\rtf1\ansi a\par b\tab c\~\'80}`, "a\nb\tc\u00a0€"],
    [
      "fonts of other alphabets",
      String.raw`{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1\'cf\'f0\'e8{\f0 x}}`,
      "Приx",
    ],
    ["two bytes of one character", String.raw`{\rtf1{\fonttbl{\f0\fcharset128 A;}}\f0\'83\'65\'83X}`, "テス"],
    ["what is not text", String.raw`{\rtf1{\stylesheet x}{\*\generator y;}{\pict 00ff}{\info{\title z}}a}`, "a"],
    ["braces that do not match", String.raw`}}}{\rtf1{{{a`, "a"],
  ])("is read: %s", (_name, rtf, expected) => {
    expect(decodeRtf(Buffer.from(rtf, "latin1")).text).toBe(expected);
  });

  it("may be as deep as it likes", () => {
    expect(decodeRtf(Buffer.from(`${"{".repeat(100_000)}a${"}".repeat(100_000)}b`)).text).toBe("ab");
  });
});
