import { limits } from "../limits";
import type { Pause } from "../pause";
import { linkOf, pictureOf } from "./addresses";
import { allowedElements, ruleOf, voidElements } from "./allowed";
import { filterStyle } from "./style";
import { readTokens, Silence, type TokenReader } from "./tokens";

export interface SanitisedHtml {
  html: string;
  /** Nothing is to be seen in it. */
  isEmpty: boolean;
  hasRemoteImages: boolean;
  /** Content ids of pictures that stand in it. */
  contentIds: Set<string>;
  /** It was too long, and ends early. */
  isCut: boolean;
}

/**
 * HTML written anew from an allow-list, for a frame without scripts. Nothing of the original is passed on as it stands: an
 * element is written when its name is in the list, an attribute when its value has the shape that it must have, and
 * everything else is text in which `<`, `>`, `&` and quotes are escaped. What this writes has one meaning only, so it does
 * not matter how strangely the original was nested. Pictures on the web wait in `data-blocked-src`, those of the mail
 * stand as `src="cid:…"` with the content id percent-encoded. Linear.
 */
export async function sanitiseHtml(html: string, pause: Pause, most: number = limits.html): Promise<SanitisedHtml> {
  const writer = new Writer(most);
  await readTokens(html, writer, pause);
  return writer.finish();
}

/** Deeper elements are left out, their words are kept: browsers become slow in deep documents. */
const deepest = 100;

/** Which open elements end when one of these begins, up to the element in the last list. */
const implied: Readonly<Record<string, readonly [ends: string[], within: string[]]>> = {
  li: [["li"], ["ul", "ol"]],
  dt: [["dt", "dd"], ["dl"]],
  dd: [["dt", "dd"], ["dl"]],
  tr: [["tr", "td", "th"], ["table"]],
  td: [
    ["td", "th"],
    ["tr", "table"],
  ],
  th: [
    ["td", "th"],
    ["tr", "table"],
  ],
  tbody: [["tbody", "thead", "tfoot", "tr", "td", "th"], ["table"]],
  a: [["a"], ["td", "th", "li", "blockquote"]],
};

class Writer implements TokenReader {
  readonly #out: string[] = [];
  readonly #open: string[] = [];
  readonly #counts = new Map<string, number>();
  readonly #silence = new Silence();
  readonly #contentIds = new Set<string>();
  #length = 0;
  #isEmpty = true;
  #hasRemoteImages = false;

  constructor(readonly most: number) {}

  open(name: string, attributes: Map<string, string>): void {
    if (this.#silence.opened(name) || this.#isFull) return;
    // The document's own colours are those of its first block.
    const element = name === "body" ? "div" : name;
    if (!allowedElements.has(element)) return;
    if (voidElements.has(element)) {
      if (element === "img") this.#image(attributes);
      else this.#write(`<${element}${this.#attributes(element, attributes)}>`);
      return;
    }
    this.#endImplied(element);
    if (this.#open.length >= deepest) return;
    this.#open.push(element);
    this.#counts.set(element, (this.#counts.get(element) ?? 0) + 1);
    this.#write(`<${element}${this.#attributes(element, attributes)}>`);
  }

  close(name: string): void {
    if (this.#silence.closed(name)) return;
    const element = name === "body" ? "div" : name;
    if (element === "br") this.#write("<br>");
    if (!this.#counts.get(element)) return;
    // A stray end tag must not end the table that its mail is laid out in.
    const from = this.#open.lastIndexOf(element);
    const cell = Math.max(this.#open.lastIndexOf("td"), this.#open.lastIndexOf("th"));
    if (from < cell && !/^(?:table|tbody|thead|tfoot|tr)$/.test(element)) return;
    this.#popTo(from);
  }

  text(text: string): void {
    if (this.#silence.isOn || this.#isFull) return;
    if (this.#isEmpty && text.trim() !== "") this.#isEmpty = false;
    this.#write(escapeHtml(text));
  }

  finish(): SanitisedHtml {
    const isCut = this.#isFull;
    this.#popTo(0);
    return {
      html: this.#out.join(""),
      isEmpty: this.#isEmpty,
      hasRemoteImages: this.#hasRemoteImages,
      contentIds: this.#contentIds,
      isCut,
    };
  }

  get #isFull(): boolean {
    return this.#length > this.most;
  }

  #write(piece: string): void {
    this.#out.push(piece);
    this.#length += piece.length;
  }

  #popTo(level: number): void {
    while (this.#open.length > level) {
      const element = this.#open.pop() as string;
      this.#counts.set(element, (this.#counts.get(element) ?? 1) - 1);
      this.#write(`</${element}>`);
    }
  }

  #endImplied(element: string): void {
    if (this.#counts.get("p") && blocks.has(element) && this.#open.at(-1) === "p") this.#popTo(this.#open.length - 1);
    const [ends, within] = implied[element] ?? [];
    if (!ends || !within) return;
    for (let level = this.#open.length - 1; level >= 0; level -= 1) {
      const one = this.#open[level] as string;
      if (within.includes(one)) return;
      if (ends.includes(one) && !ends.includes(this.#open[level - 1] ?? "")) {
        this.#popTo(level);
        return;
      }
    }
  }

  #attributes(element: string, attributes: Map<string, string>): string {
    if (attributes.size === 0) return "";
    let written = "";
    for (const [name, value] of attributes) {
      if (name === "style") {
        const style = filterStyle(value);
        if (style) written += ` style="${escapeHtml(style)}"`;
        continue;
      }
      if (name === "href" && element === "a") {
        const link = linkOf(value);
        if (link) written += ` href="${escapeHtml(link)}" target="_blank" rel="noopener noreferrer nofollow"`;
        continue;
      }
      const kept = ruleOf(element, name)?.(value);
      if (kept !== null && kept !== undefined) written += ` ${name}="${escapeHtml(kept)}"`;
    }
    return written;
  }

  #image(attributes: Map<string, string>): void {
    const picture = pictureOf(attributes.get("src") ?? "");
    // A picture of one dot is there to tell when the mail is read.
    if (picture?.kind === "remote" && isDot(attributes)) return;
    const rest = this.#attributes("img", attributes);
    if (picture) this.#isEmpty = false;
    if (picture?.kind === "remote") {
      this.#hasRemoteImages = true;
      this.#write(`<img data-blocked-src="${escapeHtml(picture.address)}" referrerpolicy="no-referrer"${rest}>`);
      return;
    }
    if (picture?.kind === "attached") this.#contentIds.add(decodeURIComponent(picture.address.slice(4)));
    if (picture) this.#write(`<img src="${escapeHtml(picture.address)}"${rest}>`);
    else if (attributes.get("alt")) this.#write(escapeHtml(attributes.get("alt")?.slice(0, 1_000) ?? ""));
  }
}

const blocks = new Set(
  "address article aside blockquote center div dl figure footer h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul".split(
    " ",
  ),
);

function isDot(attributes: Map<string, string>): boolean {
  const tiny = /^\s*0*[01](?:px)?\s*$/i;
  const style = attributes.get("style") ?? "";
  if (tiny.test(attributes.get("width") ?? "") && tiny.test(attributes.get("height") ?? "")) return true;
  return (
    style.length < 4_000 &&
    /(?:^|[;\s])width:\s{0,9}[01]px/i.test(style) &&
    /(?:^|[;\s])height:\s{0,9}[01]px/i.test(style)
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what HTML forbids, and what turns the direction of everything behind it.
const special = /[&<>"'`\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u202d\u202e\ufffe\uffff]/;
const everySpecial = new RegExp(special.source, "g");
const written: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Text as it may stand in HTML, between tags and between quotes. */
export function escapeHtml(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return special.test(whole) ? whole.replace(everySpecial, (one) => written[one] ?? "") : whole;
}
