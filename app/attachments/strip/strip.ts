import type { MediaType } from "../kinds";
import { stripGif } from "./gif";
import { stripJpeg } from "./jpeg";
import { stripPng } from "./png";
import { stripWebp } from "./webp";

/**
 * A picture without what its camera and its editors wrote beside it: place, time, device, names, thumbnails, and whatever
 * was appended. Its pixels stay as they are, byte for byte, and so do its colours and which way is up. Other kinds are
 * given back as they came; null for a picture that cannot be read to its end, of which nothing can be said.
 */
export function strip(content: Uint8Array, mediaType: MediaType): Uint8Array | null {
  const stripped = strippers[mediaType];
  if (!stripped) return content;
  try {
    return stripped(content);
  } catch {
    // A RangeError: it ends before it says it does.
    return null;
  }
}

const strippers: Partial<Record<MediaType, (content: Uint8Array) => Uint8Array | null>> = {
  "image/jpeg": stripJpeg,
  "image/png": stripPng,
  "image/webp": stripWebp,
  "image/gif": stripGif,
};
