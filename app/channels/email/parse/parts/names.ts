// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out, with what turns the reading direction.
const unwanted = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\:*?"<>|]+/g;

/** A file's name as people may see and save it: no path, nothing invisible, at most 150 characters; empty when none is left. */
export function cleanFileName(raw: string): string {
  const bare = raw
    .slice(0, 4_000)
    .toWellFormed()
    // Internet Explorer and old Outlook send the whole path.
    .replace(/^.*[\\/](?=[^\\/])/s, "")
    .replace(unwanted, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|\s+$/g, "");
  if (bare.length <= 150) return bare;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(bare)?.[0] ?? "";
  return `${bare.slice(0, 150 - extension.length).toWellFormed()}${extension}`;
}

/** Gives names to files that have none, by their kind: "Picture.png", "Picture 2.png". */
export class FileNames {
  readonly #given = new Map<string, number>();

  name(mediaType: string): string {
    const [words, extension] = kinds[mediaType] ?? byFamily(mediaType);
    const number = (this.#given.get(words) ?? 0) + 1;
    this.#given.set(words, number);
    return `${words}${number === 1 ? "" : ` ${number}`}.${extension}`;
  }
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  "image/jpeg": ["Picture", "jpg"],
  "image/jpg": ["Picture", "jpg"],
  "image/pjpeg": ["Picture", "jpg"],
  "image/svg+xml": ["Picture", "svg"],
  "image/x-png": ["Picture", "png"],
  "image/tiff": ["Picture", "tif"],
  "audio/mpeg": ["Recording", "mp3"],
  "audio/x-wav": ["Recording", "wav"],
  "audio/mp4": ["Recording", "m4a"],
  "video/quicktime": ["Video", "mov"],
  "video/mpeg": ["Video", "mpg"],
  "text/plain": ["Text", "txt"],
  "text/html": ["Page", "html"],
  "text/csv": ["Table", "csv"],
  "text/calendar": ["Invitation", "ics"],
  "text/x-vcard": ["Contact", "vcf"],
  "text/vcard": ["Contact", "vcf"],
  "text/directory": ["Contact", "vcf"],
  "text/rtf": ["Document", "rtf"],
  "application/rtf": ["Document", "rtf"],
  "application/pdf": ["Document", "pdf"],
  "application/zip": ["Archive", "zip"],
  "application/gzip": ["Archive", "gz"],
  "application/msword": ["Document", "doc"],
  "application/vnd.ms-excel": ["Table", "xls"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["Document", "docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["Table", "xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["Slides", "pptx"],
  "application/ms-tnef": ["winmail", "dat"],
  "application/vnd.ms-tnef": ["winmail", "dat"],
  "application/pgp-signature": ["Signature", "asc"],
  "application/pgp-encrypted": ["Encryption", "asc"],
  "application/pkcs7-signature": ["Signature", "p7s"],
  "application/x-pkcs7-signature": ["Signature", "p7s"],
  "application/pkcs7-mime": ["Encrypted mail", "p7m"],
  "application/x-pkcs7-mime": ["Encrypted mail", "p7m"],
  "application/json": ["Data", "json"],
  "application/xml": ["Data", "xml"],
  "text/xml": ["Data", "xml"],
  "message/rfc822": ["Attached mail", "eml"],
  "message/global": ["Attached mail", "eml"],
  "message/delivery-status": ["Delivery report", "txt"],
};

function byFamily(mediaType: string): readonly [string, string] {
  const [family = "", kind = ""] = mediaType.split("/");
  const extension = /^[a-z0-9]{2,5}$/.test(kind) ? kind : "bin";
  if (family === "image") return ["Picture", extension];
  if (family === "audio") return ["Recording", extension];
  if (family === "video") return ["Video", extension];
  return ["File", family === "text" ? "txt" : extension];
}

/** The name that a part's headers give it; empty when they give none. */
export function nameIn(disposition: Map<string, string>, content: Map<string, string>): string {
  return cleanFileName(disposition.get("filename") || content.get("name") || content.get("filename") || "");
}
