import { fileTypeFromBuffer } from "file-type";
import { Problem } from "~/http/errors";

/** Bytes of one attachment. */
export const largestAttachment = 10 * 1024 * 1024;

/** What may be attached, with the extension its name gets. */
export const kinds = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "application/pdf": "pdf",
} as const;

export type MediaType = keyof typeof kinds;

export function isImage(mediaType: string): boolean {
  return mediaType.startsWith("image/");
}

/** The kind as the bytes show it, whatever the name says. Throws a Problem (415) for what may not be attached. */
export async function kindOf(content: Uint8Array): Promise<MediaType> {
  const found = (await fileTypeFromBuffer(content))?.mime;
  if (found && found in kinds) return found as MediaType;
  throw new Problem(415, "kind", "Only pictures (JPEG, PNG, GIF, WebP) and PDF files can be sent.");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unwanted = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+/g;

/** A name to show and to save under: no paths or control characters, at most 100 characters, the kind's extension. */
export function cleanName(raw: string, mediaType: MediaType): string {
  const extension = kinds[mediaType];
  const bare = raw
    .toWellFormed()
    .replace(unwanted, " ")
    .replace(/\s+/g, " ")
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 100)
    .toWellFormed();
  return `${bare || "attachment"}.${extension}`;
}
