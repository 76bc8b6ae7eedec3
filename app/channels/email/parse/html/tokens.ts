import { Tokenizer } from "htmlparser2";
import type { Pause } from "../pause";

/** What a document's tokens are told to. Names are in lower case, texts and values have their entities decoded. */
export interface TokenReader {
  /** `attributes` is reused: take what is needed. The first of a repeated name counts, as in browsers. */
  open(name: string, attributes: Map<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

const chunk = 64 * 1024;
const mostAttributes = 60;
/** A picture may stand in a value, as `data:`. */
const longestValue = 400_000;

/**
 * Cuts HTML into tokens as the HTML standard does (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), in
 * linear time and without building a tree. Elements that hold no markup, such as script and title, give their content as
 * one text; comments, declarations and tags that never end give nothing.
 */
export async function readTokens(html: string, reader: TokenReader, pause: Pause): Promise<void> {
  const attributes = new Map<string, string>();
  let tag = "";
  let attribute = "";
  let value = "";
  const cut = (start: number, end: number): string => html.slice(start, end);
  const finish = (): void => {
    reader.open(tag, attributes);
  };
  const nothing = (): void => {};

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        tag = cut(start, Math.min(end, start + 100)).toLowerCase();
        attributes.clear();
      },
      onattribname(start, end) {
        attribute = cut(start, Math.min(end, start + 100)).toLowerCase();
        value = "";
      },
      onattribdata(start, end) {
        if (value.length < longestValue) value += cut(start, end);
      },
      onattribentity(point) {
        if (value.length < longestValue) value += String.fromCodePoint(point);
      },
      onattribend() {
        // What was cut short is another address, so nothing is left of it.
        if (attributes.size < mostAttributes && !attributes.has(attribute)) {
          attributes.set(attribute, value.length < longestValue ? value : "");
        }
      },
      onopentagend: finish,
      onselfclosingtag: finish,
      onclosetag(start, end) {
        reader.close(cut(start, Math.min(end, start + 100)).toLowerCase());
      },
      ontext(start, end) {
        reader.text(cut(start, end));
      },
      ontextentity(point) {
        reader.text(String.fromCodePoint(point));
      },
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  for (let at = 0; at < html.length; ) {
    // No chunk ends between the two halves of a character.
    const end = at + chunk + ((html.charCodeAt(at + chunk - 1) & 0xfc00) === 0xd800 ? 1 : 0);
    tokenizer.write(html.slice(at, end));
    at = end;
    const turn = pause();
    if (turn) await turn;
  }
  tokenizer.end();
}

/** Elements of which nothing is shown or read: what stands in them is for machines, or for browsers without them. */
const silent = new Set(
  "script style title template svg math object applet select datalist textarea iframe noembed noframes xmp audio video canvas frameset progress meter map".split(
    " ",
  ),
);

/** Follows whether the tokens stand inside an element of which nothing is read. */
export class Silence {
  #name = "";
  #depth = 0;

  /** True while what comes is not to be read, the closing tag included. */
  opened(name: string): boolean {
    if (this.#depth > 0) {
      if (name === this.#name) this.#depth += 1;
      return true;
    }
    if (!silent.has(name)) return false;
    this.#name = name;
    this.#depth = 1;
    return true;
  }

  closed(name: string): boolean {
    if (this.#depth === 0) return silent.has(name);
    if (name === this.#name) this.#depth -= 1;
    return true;
  }

  get isOn(): boolean {
    return this.#depth > 0;
  }
}
