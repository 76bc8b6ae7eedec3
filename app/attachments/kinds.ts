import { fileTypeFromBuffer } from "file-type";
import { Problem } from "~/http/errors";

/** Bytes of one attachment. */
export const largestAttachment = 10 * 1024 * 1024;

/** What a file may be said to be, with the extension its name gets. The last is all that is none of the others. */
export const kinds = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/aac": "aac",
  "audio/ogg": "ogg",
  "audio/wav": "wav",
  "audio/amr": "amr",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
  "video/3gpp": "3gp",
  "text/plain": "txt",
  "text/csv": "csv",
  "text/calendar": "ics",
  "text/vcard": "vcf",
  "message/rfc822": "eml",
  "application/zip": "zip",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/octet-stream": "bin",
} as const;

export type MediaType = keyof typeof kinds;

const pictures: readonly MediaType[] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
const fromShoppers: readonly MediaType[] = [...pictures, "application/pdf", "video/mp4"];
const fromStaff: readonly MediaType[] = [
  ...fromShoppers,
  "audio/mpeg",
  "audio/mp4",
  "text/plain",
  "text/csv",
  "text/calendar",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/** What may be uploaded here. What comes in through another channel is kept whatever it is. */
export const uploadable = { shopper: fromShoppers, staff: fromStaff } as const;

/** Pictures that every browser shows. SVG is none of them: it is a document that runs. */
export function isImage(mediaType: string): boolean {
  return (pictures as readonly string[]).includes(mediaType);
}

/** What a browser may show in place, because it can only be looked at or listened to. */
export function isShownInPlace(mediaType: string): boolean {
  return isImage(mediaType) || /^(audio|video)\//.test(mediaType);
}

/** Other names of kinds, as the detector or providers call them. */
const sameAs: Readonly<Record<string, MediaType>> = {
  "audio/x-m4a": "audio/mp4",
  "audio/vnd.wave": "audio/wav",
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/mp3": "audio/mpeg",
  "audio/opus": "audio/ogg",
  "video/x-m4v": "video/mp4",
  "video/ogg": "audio/ogg",
  "text/x-vcard": "text/vcard",
};

/** Those that no bytes tell apart: a text is what it is said to be. */
const texts: readonly MediaType[] = ["text/plain", "text/csv", "text/calendar", "text/vcard", "message/rfc822"];

/**
 * What a file is, as its bytes show; what it is said to be counts only where it is plain text and is said to be a kind of
 * that. HTML, SVG, programs and whatever is not known are `application/octet-stream`: kept, saved, never shown.
 */
export async function sniff(
  content: Uint8Array,
  said: { name: string; mediaType?: string | null },
): Promise<MediaType> {
  const bare = (mediaType: string): string => mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  const known = (mediaType: string): MediaType | null =>
    mediaType in kinds ? (mediaType as MediaType) : (sameAs[mediaType] ?? null);
  const found = (await fileTypeFromBuffer(content))?.mime;
  if (found) return known(bare(found)) ?? "application/octet-stream";
  const extension = /\.([a-z0-9]{1,5})$/i.exec(said.name)?.[1]?.toLowerCase();
  const claims =
    texts.find((each) => each === known(bare(said.mediaType ?? ""))) ?? texts.find((each) => kinds[each] === extension);
  return claims && isText(content) && !isMarkup(content) ? claims : "application/octet-stream";
}

function isText(content: Uint8Array): boolean {
  const head = content.subarray(0, 64 * 1024);
  if (head.includes(0)) return false;
  // Only the head is read, and it may end within a character.
  for (let cut = 0; cut < 4; cut += 1) {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(head.subarray(0, head.length - cut));
      return true;
    } catch {
      if (head.length === content.length) break;
    }
  }
  // A text in an older charset: no control characters but those of lines.
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

/** https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type: what a browser might take for a page. */
function isMarkup(content: Uint8Array): boolean {
  const head = new TextDecoder("latin1").decode(content.subarray(0, 1_024)).replace(/^ï»¿/, "").trimStart();
  return /^<(!doctype|html|head|script|iframe|svg|\?xml|body|!--|style|title|table|div|font|a|br|p|h1|b)\b/i.test(head);
}

/** The kind of an upload as its bytes show it. Throws a Problem (415) for what may not be uploaded. */
export async function kindOf(
  content: Uint8Array,
  said: { name: string; by: keyof typeof uploadable } = { name: "", by: "shopper" },
): Promise<MediaType> {
  const found = await sniff(content, said);
  if (uploadable[said.by].includes(found)) return found;
  const words =
    said.by === "shopper"
      ? "Only pictures (JPEG, PNG, GIF, WebP), PDF files and MP4 videos can be sent."
      : "Only pictures (JPEG, PNG, GIF, WebP), PDF, Word, Excel, text and calendar files, MP4 videos and MP3 or M4A sounds can be sent.";
  throw new Problem(415, "kind", words);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unwanted = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+/g;

/** What a double click would run or show as a page of this computer. */
const runs =
  /^(html?|xhtml|xml|svgz?|mht(ml)?|js|mjs|vbs|exe|bat|cmd|com|scr|msi|ps1|jar|lnk|hta|iso|img|wsf|reg|app|dmg|sh)$/i;

/** A name to show and to save under: no paths or control characters, at most 100 characters, the kind's extension. */
export function cleanName(raw: string, mediaType: MediaType): string {
  const own = /\.([A-Za-z0-9]{1,5})$/.exec(raw)?.[1] ?? "";
  const isUnknown = mediaType === "application/octet-stream";
  const extension = isUnknown && own && !runs.test(own) ? own.toLowerCase() : kinds[mediaType];
  const bare = raw
    .toWellFormed()
    .replace(unwanted, " ")
    .replace(/\s+/g, " ")
    .replace(isUnknown && runs.test(own) ? /(?!)/ : /\.[A-Za-z0-9]{1,5}$/, "")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 100)
    .toWellFormed();
  return `${bare || "attachment"}.${extension}`;
}
