const longest = 4_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers ignore these in an address, so they hide its scheme.
const ignored = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u2066-\u2069\ufeff]/g;

/** Where a link may lead: http, https, mailto and tel. Null for every other address, however its scheme is written. */
export function linkOf(raw: string): string | null {
  const bare = raw.slice(0, longest + 1).replace(ignored, "");
  if (bare.length > longest) return null;
  if (/^https?:\/\//i.test(bare) || bare.startsWith("//")) return webAddress(bare);
  // Words in these may hold spaces, which are written as they are; a new line would begin another header.
  const trimmed = raw.trim();
  if (/^mailto:/i.test(trimmed)) return /^mailto:[^\p{Cc}<>"\\]{1,2000}$/iu.test(trimmed) ? trimmed : null;
  return /^tel:\+?[\d().\-*#,;=a-z]{1,60}$/i.test(bare) ? bare : null;
}

/** An address on the web as the standard spells it, without name and password: they only serve to look like another's. */
function webAddress(bare: string): string | null {
  try {
    const url = new URL(bare.startsWith("//") ? `https:${bare}` : bare);
    url.username = "";
    url.password = "";
    return url.hostname ? url.href : null;
  } catch {
    // A TypeError: no address.
    return null;
  }
}

export type Picture = { kind: "remote" | "inline" | "attached"; address: string } | null;

const largestInline = 300_000;

/** What a picture's src names: one on the web, one in the text itself, or one attached to the mail. */
export function pictureOf(raw: string): Picture {
  const bare = raw.replace(ignored, "");
  if (/^cid:/i.test(bare)) {
    const id = contentIdOf(bare.slice(4, 1_004));
    return id ? { kind: "attached", address: `cid:${encodeURIComponent(id)}` } : null;
  }
  if (/^data:/i.test(bare)) {
    const isPicture =
      bare.length < largestInline && /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/i.test(bare);
    return isPicture ? { kind: "inline", address: bare } : null;
  }
  if (bare.length > longest || !(/^https?:\/\//i.test(bare) || bare.startsWith("//"))) return null;
  const address = webAddress(bare);
  return address ? { kind: "remote", address } : null;
}

/** The id that a `cid:` names, percent-encoding undone (RFC 2392), without brackets. */
export function contentIdOf(text: string): string | null {
  let id = text;
  try {
    id = decodeURIComponent(text);
  } catch {
    // A URIError: a percent sign that stands for itself.
  }
  const bare = id
    .replace(/^[\s<]+|[\s>]+$/g, "")
    .slice(0, 500)
    .toWellFormed();
  return bare === "" ? null : bare;
}
