import type { Mailbox } from "../../../content";
import { limits } from "../limits";
import { decodeWords } from "./words";

export interface Addresses {
  /** At most `limits.addresses`. */
  list: Mailbox[];
  /** All that there are. */
  count: number;
}

/**
 * The mailboxes of a header: names, comments, quotes, groups and what mailers write against RFC 5322. Encoded words are
 * decoded after the structure is read, so that no name can become an address. Linear.
 */
export function readAddresses(text: string | null): Addresses {
  const list: Mailbox[] = [];
  let count = 0;
  let pending: string | null = null;
  if (text) {
    for (const entry of entries(text)) {
      const mailbox = mailboxOf(entry);
      if (!mailbox) {
        // A comma that should have been quoted: "Doe, Jane <jane@…>".
        const words = nameOf(entry.words || entry.comment);
        pending = pending === null ? words : pending;
        continue;
      }
      count += 1;
      if (list.length < limits.addresses) {
        const needsName = pending && mailbox.name && entry.angled && !entry.isQuoted;
        list.push(needsName ? { ...mailbox, name: cutName(`${pending}, ${mailbox.name}`) } : mailbox);
      }
      pending = null;
    }
  }
  return { list, count };
}

interface Entry {
  /** What stands outside of angle brackets and comments, quotes taken off. */
  words: string;
  angled: string | null;
  comment: string;
  isQuoted: boolean;
}

function* entries(text: string): Generator<Entry> {
  let words: string[] = [];
  let angled: string | null = null;
  let comment = "";
  let isQuoted = false;
  let hasAt = false;
  let at = 0;
  let from = 0;

  const add = (word: string) => {
    words.push(word);
    hasAt ||= word.includes("@");
  };
  const take = (end: number) => {
    if (end > from) add(text.slice(from, end));
  };
  const close = (): Entry | null => {
    const entry = { words: words.join("").trim(), angled, comment, isQuoted };
    words = [];
    angled = null;
    comment = "";
    isQuoted = false;
    hasAt = false;
    return entry.words || entry.angled !== null || entry.comment ? entry : null;
  };

  // Quotes and brackets that never close are looked for once, not at every one of them.
  let lastQuote = text.lastIndexOf('"');
  const lastAngle = text.lastIndexOf(">");
  const lastParenthesis = text.lastIndexOf(")");
  while (at < text.length) {
    const one = text.charAt(at);
    if (one === '"' && at < lastQuote) {
      take(at);
      const [inside, end] = quotedAt(text, at + 1);
      if (end > text.length) lastQuote = at;
      // RFC 5322, 3.4.1: quotes may stand around what is before the `@`, too.
      const isLocal = text.charAt(end) === "@";
      add(isLocal ? text.slice(at, end) : inside);
      isQuoted ||= !isLocal;
      from = at = end;
    } else if (one === "(" && at < lastParenthesis) {
      take(at);
      const end = commentEnd(text, at);
      comment ||= text.slice(at + 1, end - 1);
      words.push(" ");
      from = at = end;
    } else if (one === "<" && at < lastAngle) {
      take(at);
      const end = text.indexOf(">", at);
      angled ??= text.slice(at + 1, end);
      from = at = end + 1;
    } else if (one === "," || one === ";" || (one === ":" && !hasAt && isGroup(text, from, at))) {
      if (one !== ":") take(at);
      const entry = close();
      if (entry && one !== ":") yield entry;
      from = at = at + 1;
    } else at += 1;
  }
  take(text.length);
  const entry = close();
  if (entry) yield entry;
}

/** Whether a colon ends the name of a group rather than standing in an address. */
function isGroup(text: string, from: number, at: number): boolean {
  return at - from < 200 && !text.slice(from, at).includes("@");
}

function quotedAt(text: string, start: number): [string, number] {
  const out: string[] = [];
  let from = start;
  let at = start;
  while (at < text.length && text.charAt(at) !== '"') {
    if (text.charAt(at) === "\\" && at + 1 < text.length) {
      out.push(text.slice(from, at));
      from = at + 1;
      at += 1;
    }
    at += 1;
  }
  out.push(text.slice(from, at));
  return [out.join(""), at + 1];
}

function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (one === "\\") at += 1;
    else if (one === "(") depth += 1;
    else if (one === ")") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function mailboxOf(entry: Entry): Mailbox | null {
  const inAngles = entry.angled === null ? null : addressOf(entry.angled);
  if (inAngles)
    return {
      address: inAngles,
      name: nameUnless(entry.words.replace(/[<>]+/g, " ").trim() || entry.comment, inAngles),
    };
  // Only quotes around it, or no brackets at all; a name may stand before it.
  const words = entry.words.split(/\s+/);
  const at = words.findLastIndex((word) => addressOf(word) !== null);
  const address = at < 0 ? null : addressOf(words[at] ?? "");
  if (!address) return null;
  const others = [...words.slice(0, at), ...words.slice(at + 1)].join(" ");
  return { address, name: nameUnless(others || entry.comment, address) };
}

const longestAddress = 320;

/** An address without what mailers put around it; null for what can be none. */
export function addressOf(text: string): string | null {
  if (text.length > 2 * longestAddress) return null;
  // RFC 5322, 4.4: a route before the address, `@relay,@other:jane@…`.
  const bare = text
    .replace(/^\s*@[^:]*:/, "")
    .replace(/^([\s<]*)"([^"\s@]+)"@/, "$1$2@")
    .replace(/^[\s<"']+|[\s>"']+$/g, "")
    .replace(/^mailto:/i, "")
    .replace(/\s*@\s*/, "@");
  const at = bare.lastIndexOf("@");
  if (at < 1 || at === bare.length - 1 || bare.length > longestAddress) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no address holds control characters.
  if (/[\s\u0000-\u001f\u007f<>(),;:\\]/.test(bare.slice(at + 1)) || /[\u0000-\u001f\u007f<>]/.test(bare)) return null;
  if (/[\s"]/.test(bare.slice(0, at))) return null;
  return bare;
}

function nameUnless(text: string, address: string): string | null {
  const name = nameOf(text);
  return name && name.toLowerCase() !== address.toLowerCase() ? name : null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters and those that turn the reading direction.
const unwanted = /[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]+/g;

function nameOf(text: string): string | null {
  const name = cutName(decodeWords(text.slice(0, 4_000)).replace(unwanted, " "));
  return name === "" ? null : name;
}

function cutName(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^["']+|["']+$/g, "")
    .trim()
    .slice(0, 200)
    .toWellFormed();
}
