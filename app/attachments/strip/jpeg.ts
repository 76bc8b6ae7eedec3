import { exifWith, orientationOf } from "./orientation";

/** Markers without a segment behind them: TEM and the restarts. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/**
 * ITU T.81, annex B: segments up to the end of the image. Kept are those that a decoder needs, the JFIF header, colour
 * profiles and Adobe's word about colours. What follows the image (a preview, a film, a second picture) goes.
 */
export function stripJpeg(content: Uint8Array): Uint8Array | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const kept: Uint8Array[] = [];
  let orientation = 1;
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    if (standsAlone(marker)) {
      at += 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > content.byteLength || end < at + 4) return null;
    const segment = content.subarray(at, end);
    if (marker === 0xe1 && startsWith(segment, "Exif\0\0")) orientation = orientationOf(segment.subarray(10));
    if (isKept(marker, segment)) kept.push(segment);
    at = end;
    if (marker === 0xda) {
      const scanned = endOfScan(content, at);
      kept.push(content.subarray(at, scanned));
      at = scanned;
      if (at >= content.byteLength - 1) break;
    }
  }
  return Buffer.concat([Uint8Array.of(0xff, 0xd8), ...withOrientation(kept, orientation), Uint8Array.of(0xff, 0xd9)]);
}

function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  if (marker === 0xe0) return startsWith(segment, "JFIF\0");
  if (marker === 0xe2) return startsWith(segment, "ICC_PROFILE\0");
  return marker === 0xee && startsWith(segment, "Adobe");
}

/** B.1.1.5: within a scan, 0xFF is followed by zero or is a restart. A picture that was cut off ends with its file. */
function endOfScan(content: Uint8Array, from: number): number {
  for (let at = content.indexOf(0xff, from); at >= 0; at = content.indexOf(0xff, at + 1)) {
    const next = content[at + 1];
    if (next === undefined) return at;
    if (next !== 0 && next !== 0xff && !standsAlone(next)) return at;
  }
  return content.byteLength;
}

/** The JFIF header stays in front, as its standard wants it. */
function withOrientation(segments: Uint8Array[], orientation: number): Uint8Array[] {
  if (orientation === 1) return segments;
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exifWith(orientation)]);
  const head = Uint8Array.of(0xff, 0xe1, 0, exif.byteLength + 2);
  const after = segments[0]?.[1] === 0xe0 ? 1 : 0;
  return [...segments.slice(0, after), head, exif, ...segments.slice(after)];
}

/** Whether the segment's data, behind marker and length, begins so. */
function startsWith(segment: Uint8Array, words: string): boolean {
  return Buffer.from(segment.subarray(4, 4 + words.length)).toString("latin1") === words;
}
