import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dimensionsOf, isBomb } from "~/attachments/dimensions";
import type { MediaType } from "~/attachments/kinds";
import { exifWith, orientationOf } from "~/attachments/strip/orientation";
import { strip } from "~/attachments/strip/strip";

const bytes = (base64: string) => Buffer.from(base64, "base64");
const jpeg = Buffer.concat([
  bytes(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
  ),
  Buffer.from("ffd9", "hex"),
]);
const png = bytes("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
const gif = bytes("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
const webp = bytes("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
const secret = "SECRET 48.8584N 2.2945E";

/** EXIF of a telephone: which way is up, and a block with the place that the first one points at. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.concat([Buffer.from(exifWith(orientation)), Buffer.from(secret)]);
  return tiff;
}

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
const chunk = (kind: string, data: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(kind, 4, "latin1");
  return Buffer.concat([head, data, Buffer.alloc(4)]);
};
const riff = (kind: string, data: Buffer) => {
  const head = Buffer.alloc(8);
  head.write(kind, 0, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};
const trailer = Buffer.from(`${secret} behind the picture`);

const photograph = (orientation: number) =>
  Buffer.concat([
    jpeg.subarray(0, 20),
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif(orientation)])),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`)),
    segment(0xe2, Buffer.from(`MPF\0${secret}`)),
    segment(0xe2, Buffer.from("ICC_PROFILE\0the colours")),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${secret}`)),
    segment(0xfe, Buffer.from(secret)),
    jpeg.subarray(20),
    trailer,
  ]);

const vp8x = Buffer.from("0c000000000000000000", "hex");
const withSecrets: [MediaType, Buffer, Buffer][] = [
  ["image/jpeg", jpeg, photograph(1)],
  [
    "image/png",
    png,
    Buffer.concat([
      png.subarray(0, 33),
      chunk("eXIf", exif(1)),
      chunk("tEXt", Buffer.from(`Comment\0${secret}`)),
      chunk("iTXt", Buffer.from(`XML:com.adobe.xmp\0${secret}`)),
      chunk("tIME", Buffer.alloc(7)),
      png.subarray(33),
      trailer,
    ]),
  ],
  [
    "image/gif",
    gif,
    Buffer.concat([
      gif.subarray(0, 19),
      Buffer.from([0x21, 0xfe, secret.length]),
      Buffer.from(secret),
      Buffer.from([0, 0x21, 0xff, 11]),
      Buffer.from("XMP DataXMP"),
      Buffer.from([secret.length]),
      Buffer.from(secret),
      Buffer.from([0]),
      gif.subarray(19),
      trailer,
    ]),
  ],
];

describe("a picture", () => {
  it.each(withSecrets)("%s loses what was written beside it and keeps its pixels", (mediaType, plain, given) => {
    expect(given.includes(secret)).toBe(true);
    const stripped = strip(given, mediaType) as Uint8Array;
    expect(Buffer.from(stripped).includes("SECRET")).toBe(false);
    expect(dimensionsOf(stripped, mediaType)).toEqual({ width: 1, height: 1 });
    const colours = Buffer.from("ffe200194943435f50524f46494c450074686520636f6c6f757273", "hex");
    const bare = Buffer.from(stripped).toString("hex").replace(colours.toString("hex"), "");
    expect(bare).toBe(plain.toString("hex"));
    expect(strip(stripped, mediaType)).toEqual(Buffer.from(stripped));
  });

  it("stays the right way up and keeps its colours", () => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const stripped = Buffer.from(strip(photograph(orientation), "image/jpeg") as Uint8Array);
      const at = stripped.indexOf("Exif\0\0");
      expect(at < 0 ? 1 : orientationOf(stripped.subarray(at + 6))).toBe(orientation);
      expect(stripped.includes("the colours")).toBe(true);
      expect(stripped.includes("SECRET")).toBe(false);
    }
  });

  it("in WebP loses the same, and says no longer that it has it", () => {
    const image = webp.subarray(12);
    const body = [riff("VP8X", vp8x), image, riff("EXIF", exif(6)), riff("XMP ", Buffer.from(secret))];
    const given = Buffer.concat([webp.subarray(0, 12), ...body, trailer]);
    given.writeUInt32LE(4 + Buffer.concat(body).length, 4);
    const stripped = Buffer.from(strip(given, "image/webp") as Uint8Array);
    expect(stripped.includes("SECRET")).toBe(false);
    expect(stripped.includes(image)).toBe(true);
    expect(stripped.readUInt32LE(4)).toBe(stripped.length - 8);
    // Only the bit of EXIF, with which way is up.
    expect(stripped.readUInt8(20)).toBe(0x08);
    expect(orientationOf(stripped.subarray(stripped.indexOf("EXIF") + 8))).toBe(6);
    expect(strip(webp, "image/webp")).toEqual(webp);
  });

  it("that was cut off is kept as far as it goes when it can be shown, and is else none", () => {
    const cut = photograph(1).subarray(0, -trailer.length - 2);
    expect(Buffer.from(strip(cut, "image/jpeg") as Uint8Array).includes("SECRET")).toBe(false);
    expect(strip(photograph(1).subarray(0, 30), "image/jpeg")).toBeNull();
    expect(strip(png.subarray(0, 40), "image/png")).toBeNull();
    expect(strip(gif.subarray(0, 20), "image/gif")).toBeNull();
    expect(strip(webp.subarray(0, 30), "image/webp")).toBeNull();
  });

  it("of any bytes ends, and is then clean or none", () => {
    const given = fc.constantFrom(...withSecrets, ["image/webp", webp, webp] as (typeof withSecrets)[number]);
    fc.assert(
      fc.property(
        given,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.nat(),
        ([mediaType, , whole], changes, cut) => {
          const content = Buffer.from(whole.subarray(0, 1 + (cut % whole.length)));
          for (const [at, value] of changes) content[at % content.length] = value;
          const stripped = strip(content, mediaType);
          return stripped === null || stripped.byteLength <= content.byteLength + 40;
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("with more pixels than a page can hold is known by its head", () => {
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(isBomb(bomb, "image/png")).toBe(true);
    expect(isBomb(png, "image/png")).toBe(false);
  });
});

it("what is no picture stays as it is", () => {
  const content = Buffer.from("%PDF-1.7");
  expect(strip(content, "application/pdf")).toBe(content);
});
