import { limits } from "../limits";
import type { Pause } from "../pause";
import { linkOf } from "./addresses";
import { isHidden } from "./style";
import { readTokens, Silence, type TokenReader } from "./tokens";

/**
 * The words of HTML as a person would write them down: paragraphs with a blank line between them, lists with marks, quotes
 * as `> `, a rule as a line of underscores (as Outlook writes it above what it quotes), links with their address behind
 * them. Hidden elements are left out. Linear.
 */
export async function htmlToText(html: string, pause: Pause): Promise<string> {
  const writer = new TextWriter();
  await readTokens(html, writer, pause);
  return writer.finish();
}

const paragraphs = new Set("p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote figure".split(" "));
const lines = new Set(
  "div tr li dt dd address article aside section header footer nav main center caption fieldset form body hr figcaption".split(
    " ",
  ),
);
const voids = new Set("br hr img wbr input meta link base col area embed param source track".split(" "));
/** Marks before a quoted line. */
const deepestQuote = 30;

interface Link {
  address: string;
  at: number;
}

class TextWriter implements TokenReader {
  readonly #out: string[] = [];
  readonly #silence = new Silence();
  #length = 0;
  #line: string[] = [];
  #isLineEmpty = true;
  #endsInSpace = true;
  /** Blank lines owed before the next words, and whether anything was written yet. */
  #owed = 0;
  #quotes = 0;
  #quotesBefore = 0;
  #pre = 0;
  #hiddenDepth = 0;
  #hiddenName = "";
  #lists: (number | null)[] = [];
  #link: Link | null = null;

  open(name: string, attributes: Map<string, string>): void {
    if (this.#silence.opened(name)) return;
    if (this.#hiddenDepth > 0) {
      if (name === this.#hiddenName) this.#hiddenDepth += 1;
      return;
    }
    if (!voids.has(name) && isHidden(attributes.get("style"))) {
      this.#hiddenName = name;
      this.#hiddenDepth = 1;
      return;
    }
    this.#block(name);
    if (name === "br") this.#break();
    else if (name === "hr") this.#rule();
    else if (name === "td" || name === "th") this.#cell();
    else if (name === "a") this.#beginLink(attributes.get("href"));
    else if (name === "blockquote") this.#quotes += 1;
    else if (name === "pre") this.#pre += 1;
    else if (name === "ul" || name === "ol") this.#lists.push(name === "ol" ? 0 : null);
    else if (name === "li") this.#mark();
  }

  close(name: string): void {
    if (this.#silence.closed(name)) return;
    if (this.#hiddenDepth > 0) {
      if (name === this.#hiddenName) this.#hiddenDepth -= 1;
      return;
    }
    this.#block(name);
    if (name === "br") this.#break();
    else if (name === "a") this.#endLink();
    else if (name === "blockquote") this.#quotes = Math.max(0, this.#quotes - 1);
    else if (name === "pre") this.#pre = Math.max(0, this.#pre - 1);
    else if (name === "ul" || name === "ol") {
      this.#lists.pop();
      if (this.#lists.length === 0) this.#owed = Math.max(this.#owed, 1);
    }
  }

  text(raw: string): void {
    if (this.#silence.isOn || this.#hiddenDepth > 0 || this.#length > limits.text) return;
    const text = raw.replace(/\u034f|[\u00ad\u200b\u2060\ufeff]/g, "").replaceAll("\u00a0", " ");
    if (this.#pre > 0) {
      text.split(/\r\n|\n|\r/).forEach((line, index) => {
        if (index > 0) this.#break();
        this.#words(line);
      });
      return;
    }
    const collapsed = text.replace(/[ \t\n\r\f]+/g, " ");
    this.#words(this.#endsInSpace && collapsed.startsWith(" ") ? collapsed.slice(1) : collapsed);
  }

  finish(): string {
    this.#flush();
    return this.#out
      .join("\n")
      .replace(/\n{4,}/g, "\n\n\n")
      .trim();
  }

  #words(words: string): void {
    if (words === "") return;
    this.#line.push(words);
    this.#length += words.length;
    if (words.trim() !== "") this.#isLineEmpty = false;
    this.#endsInSpace = this.#pre === 0 && words.endsWith(" ");
  }

  /** Ends the line when there is one. */
  #flush(): void {
    const words = this.#line.join("").trimEnd();
    this.#line = [];
    this.#endsInSpace = true;
    if (this.#isLineEmpty) return;
    this.#isLineEmpty = true;
    const between = marksOf(Math.min(this.#quotes, this.#quotesBefore)).trimEnd();
    if (this.#out.length > 0) for (let blank = 0; blank < this.#owed; blank += 1) this.#out.push(between);
    this.#owed = 0;
    this.#quotesBefore = this.#quotes;
    const marks = marksOf(this.#quotes);
    this.#out.push(marks + words);
    this.#length += marks.length + 1;
  }

  #break(): void {
    if (this.#length > limits.text) return;
    if (this.#isLineEmpty) this.#owed = Math.min(this.#owed + 1, 2);
    this.#flush();
  }

  #block(name: string): void {
    if (!paragraphs.has(name) && !lines.has(name)) return;
    this.#flush();
    const inList = this.#lists.length > 0 && (name === "ul" || name === "ol" || name === "p");
    if (paragraphs.has(name) && !inList) this.#owed = Math.max(this.#owed, 1);
  }

  #rule(): void {
    this.#flush();
    this.#words("_".repeat(32));
    this.#flush();
  }

  #cell(): void {
    if (!this.#isLineEmpty && !this.#endsInSpace) this.#words(" ");
  }

  #mark(): void {
    const level = this.#lists.length - 1;
    const count = this.#lists[level];
    const indent = "  ".repeat(Math.min(Math.max(level, 0), 6));
    if (typeof count === "number") this.#lists[level] = count + 1;
    // The mark alone makes no line: an empty item is none.
    this.#line.push(typeof count === "number" ? `${indent}${count + 1}. ` : `${indent}• `);
    this.#endsInSpace = true;
  }

  #beginLink(href: string | undefined): void {
    const address = href === undefined ? null : linkOf(href);
    this.#link = address && /^https?:/.test(address) ? { address, at: this.#line.length } : null;
  }

  #endLink(): void {
    const link = this.#link;
    this.#link = null;
    if (!link || link.address.length > 300 || link.at > this.#line.length) return;
    const words = this.#line.slice(link.at).join("").trim();
    // Pictures that are links have no words, and an address need not be said twice.
    if (words === "" || words.includes("://") || words.includes("@") || bare(link.address) === bare(words)) return;
    this.#words(` (${link.address})`);
  }
}

function marksOf(quotes: number): string {
  return "> ".repeat(Math.min(quotes, deepestQuote));
}

function bare(address: string): string {
  return address
    .replace(/^https?:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/\/$/, "")
    .toLowerCase();
}
