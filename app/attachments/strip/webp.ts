import { exifWith, orientationOf } from "./orientation";

const kept = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]);

/** Bits of VP8X that say that EXIF and XMP follow: RFC 9649, section 2.7. */
const exifBit = 0x08;
const xmpBit = 0x04;

/** RFC 9649: chunks of the container without EXIF, XMP, unknown ones and whatever was appended. */
export function stripWebp(content: Uint8Array): Uint8Array | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const whole = 8 + view.getUint32(4, true);
  if (whole > content.byteLength) return null;
  const parts: Uint8Array[] = [];
  let extended: Buffer | null = null;
  let orientation = 1;
  for (let at = 12; at + 8 <= whole; ) {
    const kind = Buffer.from(content.subarray(at, at + 4)).toString("latin1");
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (at + 8 + size > whole) return null;
    const chunk = Buffer.from(content.subarray(at, Math.min(end, whole)));
    if (kind === "VP8X") extended = chunk;
    if (kind === "EXIF") orientation = orientationOf(withoutName(chunk.subarray(8)));
    if (kept.has(kind)) parts.push(size % 2 === 1 && end > whole ? Buffer.concat([chunk, Buffer.alloc(1)]) : chunk);
    at = end;
  }
  if (extended) {
    extended.writeUInt8(extended.readUInt8(8) & ~(exifBit | xmpBit), 8);
    if (orientation !== 1) {
      extended.writeUInt8(extended.readUInt8(8) | exifBit, 8);
      const exif = exifWith(orientation);
      const head = Buffer.from("EXIF\0\0\0\0", "latin1");
      head.writeUInt32LE(exif.byteLength, 4);
      parts.push(head, exif);
    }
  }
  const body = Buffer.concat(parts);
  const head = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
  head.writeUInt32LE(body.byteLength + 4, 4);
  return Buffer.concat([head, body]);
}

/** Some writers put JPEG's name of the segment in front. */
function withoutName(exif: Uint8Array): Uint8Array {
  return Buffer.from(exif.subarray(0, 6)).toString("latin1") === "Exif\0\0" ? exif.subarray(6) : exif;
}
