/** Decoders of our own, for what TextDecoder has not (`old.ts`). */
export const ownCharsets = ["utf-7", "hz", "iso-2022-kr", "utf-32le", "utf-32be", "cp437", "cp850", "cp852"] as const;
export type OwnCharset = (typeof ownCharsets)[number];

/** Names seen in mails that the Encoding Standard does not know, without punctuation and in lower case. */
const aliases: Readonly<Record<string, string>> = {
  utf7: "utf-7",
  unicode11utf7: "utf-7",
  unicode20utf7: "utf-7",
  hz: "hz",
  hzgb2312: "hz",
  iso2022kr: "iso-2022-kr",
  csiso2022kr: "iso-2022-kr",
  utf32: "utf-32le",
  utf32le: "utf-32le",
  utf32be: "utf-32be",
  cp437: "cp437",
  ibm437: "cp437",
  "437": "cp437",
  cp850: "cp850",
  ibm850: "cp850",
  cp858: "cp850",
  cp852: "cp852",
  ibm852: "cp852",
  cp866: "ibm866",
  cp874: "windows-874",
  cp932: "shift_jis",
  ms932: "shift_jis",
  windows31j: "shift_jis",
  sjis: "shift_jis",
  cp936: "gbk",
  ms936: "gbk",
  windows936: "gbk",
  gb180302000: "gb18030",
  gb180302005: "gb18030",
  euccn: "gbk",
  cp949: "euc-kr",
  ms949: "euc-kr",
  uhc: "euc-kr",
  xwindows949: "euc-kr",
  ksc5601: "euc-kr",
  cp950: "big5",
  ms950: "big5",
  xwindows950: "big5",
  big5hkscs2004: "big5",
  cp951: "big5",
  cp51932: "euc-jp",
  eucjpms: "euc-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  iso2022jp1: "iso-2022-jp",
  iso2022jp2: "iso-2022-jp",
  iso2022jpms: "iso-2022-jp",
  cp65001: "utf-8",
  utf8mb4: "utf-8",
  utf8mb3: "utf-8",
  utf8bom: "utf-8",
  cp1200: "utf-16le",
  cp1201: "utf-16be",
  latin1: "windows-1252",
  latin9: "iso-8859-15",
  iso885916: "iso-8859-2",
  tis62025: "windows-874",
  macroman: "macintosh",
  xmacroman: "macintosh",
  maccyrillic: "x-mac-cyrillic",
  koi8: "koi8-r",
};

const unknown = new Set([
  "",
  "unknown",
  "unknown8bit",
  "xunknown",
  "xuserdefined",
  "default",
  "none",
  "null",
  "8bit",
  "7bit",
  "binary",
]);
const found = new Map<string, string | null>();

/** The decoder that a label means, as `decode.ts` names it; null for none and for those that mean nothing. */
export function charsetOf(label: string | null): string | null {
  if (label === null) return null;
  const known = found.get(label);
  if (known !== undefined) return known;
  const charset = resolve(label.trim().toLowerCase());
  // Labels come from strangers: what is remembered must not grow with them.
  if (found.size < 500 && label.length < 60) found.set(label, charset);
  return charset;
}

function resolve(label: string): string | null {
  const bare = label.replace(/[^a-z0-9]/g, "");
  if (unknown.has(bare) || bare.length > 60) return null;
  if (aliases[bare]) return aliases[bare];
  const spellings = [label, bare, label.replaceAll("_", "-"), label.replace(/^x-/, "")];
  const numbered = /^(?:x|cp|ms|win|windows|ansi)*(125\d|874)$/.exec(bare);
  if (numbered) spellings.push(`windows-${numbered[1]}`);
  const iso = /^(?:x|cs)?iso8859(1[0-6]|[1-9])(?:[ei]|19\d\d)?$/.exec(bare);
  if (iso) spellings.push(`iso-8859-${iso[1]}`);
  for (const spelling of spellings) {
    try {
      return new TextDecoder(spelling).encoding;
    } catch {
      // A RangeError: not a label of the Encoding Standard.
    }
  }
  return null;
}
