import { limits } from "../limits";

const longestId = 998;

/** Ids in a Message-ID, In-Reply-To or References header, without brackets, empty ones left out, each once. */
export function readMessageIds(text: string | null): string[] {
  if (!text) return [];
  const found: string[] = [];
  let at = text.indexOf("<");
  if (at < 0) {
    // Brackets are often forgotten; words of a phrase are told from ids by the `@`.
    for (const word of text.slice(0, 64_000).split(/[\s,]+/)) if (word.includes("@") && isId(word)) found.push(word);
  }
  while (at >= 0) {
    const end = text.indexOf(">", at);
    if (end < 0) break;
    // A bracket that was not closed before the next one opened.
    const start = text.lastIndexOf("<", end);
    // RFC 5322 allows no space in an id; mailers that fold put one there.
    const id = text.slice(Math.max(start, end - 2 * longestId) + 1, end).replace(/\s+/g, "");
    if (isId(id)) found.push(id);
    at = text.indexOf("<", end);
  }
  const each = [...new Set(found)];
  const most = limits.references;
  return each.length <= most ? each : [...each.slice(0, 1), ...each.slice(1 - most)];
}

/** Whether it could name a mail: an id such as `<>`, `<@>` or `<unknown>` would make strangers' mails one conversation. */
function isId(id: string): boolean {
  if (id.length < 3 || id.length > longestId || /^[^A-Za-z0-9]*$/.test(id)) return false;
  const at = id.lastIndexOf("@");
  const left = at < 0 ? id : id.slice(0, at);
  if (at >= 0 && left === "") return false;
  return at < 0 ? /\d/.test(id) && id.length >= 8 : !/^(unknown|null|undefined|none|message-?id)$/i.test(left);
}
