import { decodeText } from "../charsets/decode";

export interface DecodedRtf {
  text: string;
  /** It was HTML that Outlook wrapped in RTF. */
  isHtml: boolean;
}

interface Group {
  /** Nothing of it is text. */
  isSilent: boolean;
  /** Between \htmlrtf and \htmlrtf0: RTF's own rendering of the HTML beside it. */
  isRendering: boolean;
  inFonts: boolean;
  charset: string;
  /** Characters that stand for one \u, and are skipped. */
  skips: number;
}

const deepest = 500;
const silentGroups =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|header|footer|headerl|headerr|footerl|footerr|footnote|listtable|listoverridetable|generator|xmlnstbl|themedata|datastore|latentstyles|rsidtbl)$/;
const words: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  row: "\n",
  sect: "\n",
  page: "\n",
  tab: "\t",
  cell: "\t",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  endash: "–",
  emdash: "—",
  zwj: "\u200d",
  zwnj: "\u200c",
};
/** The code page of a font's \fcharset. */
const fontCharsets: Readonly<Record<number, string>> = {
  77: "macintosh",
  128: "cp932",
  129: "cp949",
  134: "cp936",
  136: "cp950",
  161: "cp1253",
  162: "cp1254",
  163: "cp1258",
  177: "cp1255",
  178: "cp1256",
  186: "cp1257",
  204: "cp1251",
  222: "cp874",
  238: "cp1250",
};
const token = /\\(?:([a-z]{1,32})(-?\d{1,10})?[ ]?|'([0-9a-f]{2})|([^a-z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/giy;

/**
 * The words of RTF, or the HTML that was wrapped in it ([MS-OXRTFEX]: what stands in \*\htmltag, and the text that is not
 * marked as RTF's own rendering). One pass.
 */
export function decodeRtf(bytes: Buffer): DecodedRtf {
  return new RtfReader(bytes.toString("latin1")).read();
}

class RtfReader {
  readonly #out: string[] = [];
  readonly #stack: Group[] = [];
  readonly #fonts = new Map<number, string>();
  #group: Group = { isSilent: false, isRendering: false, inFonts: false, charset: "cp1252", skips: 1 };
  #tooDeep = 0;
  #isHtml = false;
  #isStarred = false;
  #font = 0;
  #skip = 0;
  /** Bytes that wait to be decoded together: two may be one character. */
  #bytes: number[] = [];

  constructor(readonly rtf: string) {}

  read(): DecodedRtf {
    token.lastIndex = 0;
    for (let match = token.exec(this.rtf); match; match = token.exec(this.rtf)) {
      const [, word, number, hex, symbol, brace, text] = match;
      if (brace) this.#brace(brace);
      else if (word !== undefined) this.#word(word, number === undefined ? null : Number(number));
      else if (hex !== undefined) this.#byte(Number.parseInt(hex, 16));
      else if (symbol !== undefined) this.#symbol(symbol);
      else if (text !== undefined) this.#text(text);
    }
    this.#flush();
    return { text: this.#out.join("").toWellFormed(), isHtml: this.#isHtml };
  }

  #brace(brace: string): void {
    this.#flush();
    this.#skip = 0;
    if (brace === "{") {
      if (this.#stack.length >= deepest) this.#tooDeep += 1;
      else this.#stack.push({ ...this.#group });
      this.#isStarred = false;
    } else if (this.#tooDeep > 0) this.#tooDeep -= 1;
    else this.#group = this.#stack.pop() ?? this.#group;
  }

  #word(word: string, number: number | null): void {
    if (word === "u" && number !== null) {
      this.#flush();
      if (this.#isHeard) this.#out.push(String.fromCharCode(number & 0xffff));
      this.#skip = this.#group.skips;
      return;
    }
    this.#flush();
    if (word === "fromhtml") this.#isHtml = number !== 0;
    else if (word === "htmltag") this.#group.isSilent = !this.#isHtml;
    else if (word === "htmlrtf") this.#group.isRendering = number !== 0;
    else if (word === "uc") this.#group.skips = Math.min(Math.max(number ?? 1, 0), 10);
    else if (word === "ansicpg" && number) this.#group.charset = `cp${number}`;
    else if (word === "f") this.#setFont(number ?? 0);
    else if (word === "fcharset" && this.#group.inFonts) this.#fonts.set(this.#font, fontCharsets[number ?? 0] ?? "");
    else if (silentGroups.test(word)) {
      this.#group.isSilent = true;
      if (word === "fonttbl") this.#group.inFonts = true;
    } else if (this.#isStarred) this.#group.isSilent = true;
    else if (words[word] !== undefined && this.#isHeard) this.#out.push(words[word]);
    this.#isStarred = false;
  }

  #setFont(number: number): void {
    this.#font = number;
    if (this.#group.inFonts) return;
    const charset = this.#fonts.get(number);
    if (charset) this.#group.charset = charset;
  }

  #symbol(symbol: string): void {
    if (symbol === "*") this.#isStarred = true;
    else if (symbol === "~") this.#say("\u00a0");
    else if (symbol === "_") this.#say("-");
    else if (symbol === "\n" || symbol === "\r") this.#say("\n");
    else if (symbol === "\\" || symbol === "{" || symbol === "}") this.#say(symbol);
  }

  #byte(byte: number): void {
    if (this.#skip > 0) this.#skip -= 1;
    else if (this.#isHeard) this.#bytes.push(byte);
  }

  #text(text: string): void {
    const rest = text.slice(Math.min(this.#skip, text.length));
    this.#skip -= text.length - rest.length;
    // The second byte of a double-byte character may be an ordinary letter.
    if (this.#bytes.length > 0 && this.#isHeard) {
      for (const one of Buffer.from(rest.slice(0, 1), "latin1")) this.#bytes.push(one);
      this.#flush();
      this.#out.push(rest.slice(1));
      return;
    }
    this.#say(rest);
  }

  #say(text: string): void {
    this.#flush();
    if (this.#isHeard) this.#out.push(text);
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    this.#out.push(decodeText(Buffer.from(this.#bytes), this.#group.charset));
    this.#bytes = [];
  }

  get #isHeard(): boolean {
    return !this.#group.isSilent && !(this.#isHtml && this.#group.isRendering);
  }
}
