import type { MediaType } from "./kinds";

export interface Dimensions {
  /** Pixels, before any rotation that the picture asks for. */
  width: number;
  height: number;
}

/** Width and height from the head of the file, so that a page can keep the place; null when they cannot be read. */
export function dimensionsOf(content: Uint8Array, mediaType: MediaType): Dimensions | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  try {
    const found = readers[mediaType]?.(view) ?? null;
    return found && found.width > 0 && found.height > 0 ? found : null;
  } catch {
    // A RangeError: the file ends before its own head does.
    return null;
  }
}

/** Pixels of the largest picture that is shown: four bytes each in the memory of whoever opens the conversation. */
const mostPixels = 100_000_000;

/** Whether showing this picture would take more memory than a page has, however small its file is. */
export function isBomb(content: Uint8Array, mediaType: MediaType): boolean {
  const found = dimensionsOf(content, mediaType);
  return found !== null && found.width * found.height > mostPixels;
}

const readers: Partial<Record<MediaType, (view: DataView) => Dimensions | null>> = {
  // https://www.w3.org/TR/png-3/#11IHDR
  "image/png": (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  // https://www.w3.org/Graphics/GIF/spec-gif89a.txt, section 18
  "image/gif": (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  "image/jpeg": readJpeg,
  "image/webp": readWebp,
};

/** ITU T.81, B.2.2: the frame header is the first marker from SOF0 to SOF15 that is no table. */
function readJpeg(view: DataView): Dimensions | null {
  let at = 2;
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** RFC 9649, section 2: the first chunk says which of the three forms it is. */
function readWebp(view: DataView): Dimensions | null {
  switch (view.getUint32(12)) {
    case 0x56503858: // VP8X
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 0x5650384c: {
      // VP8L
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    case 0x56503820: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
}
