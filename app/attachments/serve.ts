import { isImage } from "./kinds";
import type { StoredFile } from "./read";

/**
 * A stored file as an answer. Pictures show in place, everything else is saved; whatever it holds, a browser neither
 * guesses another kind nor runs anything in it.
 */
export function serveFile(file: StoredFile): Response {
  const disposition = isImage(file.mediaType) ? "inline" : "attachment";
  const plain = file.name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return new Response(Buffer.from(file.content), {
    headers: {
      "Content-Type": file.mediaType,
      "Content-Length": String(file.content.byteLength),
      // RFC 6266, section 4.3: the second form is for names beyond ASCII.
      "Content-Disposition": `${disposition}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, max-age=86400, immutable",
    },
  });
}
