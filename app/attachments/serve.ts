import { isShownInPlace } from "./kinds";
import { rangeIn } from "./range";
import type { StoredFile } from "./read";
import { readBytes } from "./store/store";

/**
 * A stored file as an answer, or the part of it that was asked for. Pictures, sounds and films show in place, everything
 * else is saved; whatever it holds, a browser neither guesses another kind nor runs anything in it.
 */
export async function serveFile(file: StoredFile, request?: Request): Promise<Response> {
  const disposition = isShownInPlace(file.mediaType) ? "inline" : "attachment";
  const plain = file.name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const headers: Record<string, string> = {
    "Content-Type": file.mediaType,
    // RFC 6266, section 4.3: the second form is for names beyond ASCII.
    "Content-Disposition": `${disposition}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=86400, immutable",
    "Accept-Ranges": "bytes",
  };
  const range = rangeIn(request?.headers.get("range") ?? null, file.size);
  if (range === "beyond") {
    return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${file.size}` } });
  }
  const content = await readBytes(file.bytes, range ?? undefined);
  headers["Content-Length"] = String(content.byteLength);
  if (range) headers["Content-Range"] = `bytes ${range.first}-${range.last}/${file.size}`;
  return new Response(Buffer.from(content), { status: range ? 206 : 200, headers });
}
