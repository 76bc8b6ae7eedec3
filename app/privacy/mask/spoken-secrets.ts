import { cardCheckWords, isWords, noPassword, ownWords, passwordWords, strongCodeWords, weakCodeWords } from "./words";

// Every repetition below is bounded, so that no text takes longer than in proportion to its length.
const any = (words: readonly string[]): string => `(?:${words.join("|")})`;
const literal = (words: readonly string[]): string[] =>
  words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
const alone = "(?<![\\p{L}\\p{N}_])";
const blank = "[ \\t\\u00a0\\u3000]{0,4}";
const blanks = "[ \\t\\u00a0\\u3000]{1,4}";
const is = any(isWords);
/** A colon or the like, or "is", or both. */
const colon = `${blank}[:=：]${blank}`;
const saidToBe = `(?:${blank}(?<![\\p{Script=Latin}])${is}|${blanks}${is})(?:${colon}|${blanks}|(?<=は)${blank})`;
const digit = "[0-9٠-٩۰-۹０-９]";
/** No digit or Latin letter goes on; Japanese writes without blanks. */
const ends = `(?!${digit}|\\p{Script=Latin})`;
/** Four to eight digits, perhaps in two halves, perhaps behind a letter and a dash as some send them. */
const code = `(?:[A-Z]-)?(?:${digit}{3}[ -]${digit}{3}|${digit}{4}[ -]${digit}{4}|${digit}{4,8})${ends}(?![.,:/-]${digit})`;
const behind = `(?:${colon}|${saidToBe}|${blanks})`;

const checkNumber = new RegExp(
  `(${alone}${any(cardCheckWords)}(?:${colon}|${saidToBe}|${blanks}))${digit}{3,4}${ends}`,
  "giu",
);
const strongCode = new RegExp(`(${alone}${any(strongCodeWords)}${behind})${code}`, "giu");
const weakCode = new RegExp(
  `((?:^|[\\n.!?:;,(«“]${blank}|${alone}${any(literal(ownWords))}${blank})${any(weakCodeWords)}(?:${colon}|${saidToBe}))${code}`,
  "giu",
);
const pin = new RegExp(`(${alone}pin(?:${colon}|${saidToBe}))${digit}{4,5}${ends}`, "giu");
const codeBefore = new RegExp(
  `${alone}(?<![+#])${code}(${blanks}${is}${blanks}(?:[\\p{L}]{1,12}${blanks}){1,2}(?:${any(strongCodeWords)}|${any(weakCodeWords)})(?![\\p{L}\\p{N}]))`,
  "giu",
);

const quoted = `"[^"\\n]{1,128}"|“[^”\\n]{1,128}”|„[^“”\\n]{1,128}[“”]|«[^»\\n]{1,128}»|「[^」\\n]{1,128}」|'[^'\\n]{1,128}'|\`[^\`\\n]{1,128}\``;
/** What stands where something was taken out already (`../mask.ts`): one token, of which no secret is a part. */
const mark = `\\[(?:(?:card number|IBAN) removed, ends [0-9A-Z]{4}|(?:password|code) removed)\\]`;
/** A colon before a mark is what stood between, also where it could be the beginning of a password. */
const password = new RegExp(
  `(${alone}${any(literal(passwordWords))})(${colon}|${saidToBe})(?!(?:[:=：]${blank})?${mark})(${quoted}|(?:(?!${mark})[^\\s]){1,128})`,
  "giu",
);

/** Puts `instead` in the place of what somebody says is a code for proving who they are, or the check number of a card. */
export function replaceCodes(text: string, instead: string): string {
  return text
    .replace(checkNumber, `$1${instead}`)
    .replace(strongCode, `$1${instead}`)
    .replace(weakCode, `$1${instead}`)
    .replace(pin, `$1${instead}`)
    .replace(codeBefore, `${instead}$1`);
}

/** Puts `instead` in the place of what somebody says is a password; "my password is wrong" stays. */
export function replacePasswords(text: string, instead: string): string {
  return text.replace(password, (whole, word: string, between: string, value: string, offset: number) => {
    const after = text.slice(offset + whole.length, offset + whole.length + 2);
    const kept = trailing(value);
    return isSecret(value.slice(0, value.length - kept.length), kept, between, after)
      ? `${word}${between}${instead}${kept}`
      : whole;
  });
}

/** What ends the sentence and not the password. */
function trailing(value: string): string {
  if (/^["“„«「'`]/.test(value)) return "";
  return /(?:[.,;:!?)»。、،؟]|です。?)$/.exec(value)?.[0] ?? "";
}

function isSecret(value: string, end: string, between: string, after: string): boolean {
  if (value === "") return false;
  if (/^["“„«「'`]./.test(value)) return true;
  // Digits, signs or capitals inside are in no ordinary word.
  const odd = /[\p{N}]|[^\p{L}\p{M}'’-]|.\p{Lu}/u.test(value);
  if (odd) return true;
  if (noPassword.has(value.toLowerCase())) return false;
  if (/[:=：]/.test(between)) return true;
  // "my password is sunshine": a plain word is one where the sentence ends.
  return end !== "" || after === "" || after.startsWith("\n");
}
