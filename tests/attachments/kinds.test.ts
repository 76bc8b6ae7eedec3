import { describe, expect, it } from "vitest";
import { dimensionsOf } from "~/attachments/dimensions";
import { cleanName, kindOf, type MediaType } from "~/attachments/kinds";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
/** Real files, each the smallest of its kind that a browser shows. */
const files: [MediaType, number, number, Uint8Array][] = [
  [
    "image/png",
    1,
    1,
    bytes("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  ],
  ["image/gif", 1, 1, bytes("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")],
  ["image/webp", 1, 1, bytes("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")],
  [
    "image/jpeg",
    1,
    1,
    bytes(
      "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
    ),
  ],
];

describe("what may be attached", () => {
  it.each(files)("%s is known by its bytes, with its size in pixels", async (mediaType, width, height, content) => {
    expect(await kindOf(content)).toBe(mediaType);
    expect(dimensionsOf(content, mediaType)).toEqual({ width, height });
  });

  it("a PDF is known by its bytes and has no pixels", async () => {
    const content = new Uint8Array(Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"));
    expect(await kindOf(content)).toBe("application/pdf");
    expect(dimensionsOf(content, "application/pdf")).toBeNull();
  });

  it.each([
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["a program", "MZ\u0090\u0000"],
    ["a ZIP", "PK\u0003\u0004"],
    ["text", "hello"],
    ["nothing", ""],
  ])("%s is refused whatever it is called", async (_name, text) => {
    await expect(kindOf(new Uint8Array(Buffer.from(text, "latin1")))).rejects.toMatchObject({ status: 415 });
  });

  it("a file that ends before its head does has no pixels and harms nothing", () => {
    for (const [mediaType, , , content] of files) {
      for (let length = 0; length < Math.min(content.length, 40); length += 1) {
        expect(() => dimensionsOf(content.subarray(0, length), mediaType)).not.toThrow();
      }
    }
  });

  it.each([
    ["photo.JPG", "photo.png"],
    ["../../etc/passwd", "etc passwd.png"],
    ["evil.html", "evil.png"],
    ["a\u202Egnp.exe", "a gnp.png"],
    ['quote".png', "quote.png"],
    ["", "attachment.png"],
    ["..", "attachment.png"],
    ["x".repeat(300), `${"x".repeat(100)}.png`],
    ["große Jacke.png", "große Jacke.png"],
  ])("the name %j becomes %j", (raw, clean) => {
    expect(cleanName(raw, "image/png")).toBe(clean);
  });
});
