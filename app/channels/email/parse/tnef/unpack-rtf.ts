import { limits } from "../limits";

const compressed = 0x75465a4c;
const plain = 0x414c454d;
const windowSize = 4_096;

/** What the window holds before the first byte; [MS-OXRTFCP] 2.1.2.1. */
const beginning = Buffer.from(
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx",
  "latin1",
);

/** Compressed RTF ([MS-OXRTFCP]) unpacked, at most `limits.unpackedBytes` of it; null when it is none. Linear. */
export function unpackRtf(bytes: Buffer): Buffer | null {
  if (bytes.length < 16) return null;
  const kind = bytes.readUInt32LE(8);
  if (kind === plain) return bytes.subarray(16, 16 + limits.unpackedBytes);
  if (kind !== compressed) return null;
  const window = Buffer.alloc(windowSize);
  beginning.copy(window);
  let write = beginning.length;
  const out = Buffer.alloc(Math.min(bytes.readUInt32LE(4), limits.unpackedBytes, bytes.length * 9));
  let length = 0;
  const put = (byte: number): void => {
    if (length < out.length) out[length++] = byte;
    window[write] = byte;
    write = (write + 1) % windowSize;
  };
  let at = 16;
  while (at < bytes.length && length < out.length) {
    const control = bytes[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < bytes.length; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[at] ?? 0);
        at += 1;
        continue;
      }
      const reference = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return out.subarray(0, length);
      for (let count = 0; count < (reference & 0xf) + 2; count += 1) put(window[(from + count) % windowSize] ?? 0);
    }
  }
  return out.subarray(0, length);
}
