/**
 * Issuer ranges by their first digits, with the lengths that are issued (ISO/IEC 7812 and the schemes' own pages): a
 * number outside them is no card, however well its check digit fits. Of prefixes that fit the longest is first.
 */
const issuers: { from: string; to: string; lengths: readonly number[] }[] = [
  { from: "4", to: "4", lengths: [13, 16, 18, 19] }, // Visa
  { from: "51", to: "55", lengths: [16] }, // Mastercard
  { from: "2221", to: "2720", lengths: [16] }, // Mastercard
  { from: "34", to: "34", lengths: [15] }, // American Express
  { from: "37", to: "37", lengths: [15] },
  { from: "300", to: "305", lengths: [14, 16] }, // Diners Club
  { from: "3095", to: "3095", lengths: [14, 16] },
  { from: "36", to: "36", lengths: [14, 16] },
  { from: "38", to: "39", lengths: [14, 16] },
  { from: "6011", to: "6011", lengths: [16, 19] }, // Discover
  { from: "644", to: "659", lengths: [16, 18, 19] },
  { from: "3528", to: "3589", lengths: [16, 17, 18, 19] }, // JCB
  { from: "62", to: "62", lengths: [16, 17, 18, 19] }, // UnionPay
  { from: "81", to: "82", lengths: [16, 17, 18, 19] },
  { from: "5018", to: "5020", lengths: [13, 14, 15, 16, 17, 18, 19] }, // Maestro, Dankort
  { from: "5038", to: "5038", lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: "5893", to: "5893", lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: "6304", to: "6304", lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: "6759", to: "6759", lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: "6761", to: "6763", lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: "5041", to: "5041", lengths: [16] }, // Elo
  { from: "5060", to: "5067", lengths: [16, 18, 19] }, // Verve, Elo
  { from: "508", to: "509", lengths: [16] }, // RuPay, Elo
  { from: "606282", to: "606282", lengths: [16] }, // Hipercard
  { from: "6277", to: "6277", lengths: [16] },
  { from: "6362", to: "6363", lengths: [16] },
  { from: "2200", to: "2204", lengths: [16, 17, 18, 19] }, // Mir
  { from: "9792", to: "9792", lengths: [16] }, // Troy
];

/** How a number is printed when other digits (an order before, an expiry behind) stand beside it. */
const printed = new Set(["16", "15", "14", "18", "19", "4444", "465", "464", "44443", "44442", "8-8", "6-13", "4333"]);

const mostDigits = 19;
const fewestDigits = 13;
const mostBetween = 3;

/** A run of digits without anything between them. */
interface Group {
  start: number;
  end: number;
  digits: string;
}

/**
 * Puts `instead(last four digits)` in the place of every card number: 13 to 19 digits of an issuer's range and length
 * whose check digit fits (Luhn), written together or in groups with blanks, dashes, dots or invisible characters between.
 * A number that hangs on a letter, another digit, `+` or `#` is none, so order, phone and most tracking numbers stay; one
 * of 13 digits must be printed like a card, because barcodes and ids have as many. Linear in the length of the text.
 */
export function replaceCards(text: string, instead: (lastFour: string) => string): string {
  let out = "";
  let done = 0;
  for (let at = 0; at < text.length; ) {
    if (digitAt(text, at) < 0) {
      at += 1;
      continue;
    }
    const groups = runAt(text, at);
    for (const [start, end, digits] of cardsIn(text, groups)) {
      out += text.slice(done, start) + instead(digits.slice(-4));
      done = end;
    }
    at = groups.at(-1)?.end ?? at + 1;
  }
  return out + text.slice(done);
}

/** The cards in a run, without overlap. For each group the look ahead is bounded by the digits of a card. */
function* cardsIn(text: string, groups: Group[]): Generator<[start: number, end: number, digits: string]> {
  for (let first = 0; first < groups.length; first += 1) {
    const found = cardFrom(text, groups, first);
    if (found === null) continue;
    yield [groups[first]?.start ?? 0, groups[found.last]?.end ?? 0, found.digits];
    first = found.last;
  }
}

function cardFrom(text: string, groups: Group[], first: number): { last: number; digits: string } | null {
  if (!freeBefore(text, groups[first]?.start ?? 0)) return null;
  let digits = "";
  let shape = "";
  let found: { last: number; digits: string } | null = null;
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last];
    if (!group || digits.length + group.digits.length > mostDigits) break;
    digits += group.digits;
    shape += `${last === first || group.digits.length < 6 ? "" : "-"}${group.digits.length}`;
    if (digits.length < fewestDigits || !freeAfter(text, group.end)) continue;
    const alone = first === 0 && last === groups.length - 1;
    const looksRight = printed.has(shape) || (alone && digits.length > fewestDigits);
    // The longest that fits: a card of 19 digits may begin like one of 16.
    if (looksRight && isCard(digits)) found = { last, digits };
  }
  return found;
}

/** Whether the digits are a card's: of an issuer, as long as its cards are, with a check digit that fits. */
export function isCard(digits: string): boolean {
  const ofIssuer = issuers.some(({ from, to, lengths }) => {
    const begin = digits.slice(0, from.length);
    return begin >= from && begin <= to && lengths.includes(digits.length);
  });
  return ofIssuer && luhn(digits);
}

/** ISO/IEC 7812-1, annex B. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const twice = at % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

function runAt(text: string, from: number): Group[] {
  const groups: Group[] = [];
  let at = from;
  for (;;) {
    const start = at;
    let digits = "";
    for (let digit = digitAt(text, at); digit >= 0; digit = digitAt(text, at)) {
      // What is longer than any card needs no digits, only its end.
      if (digits.length <= mostDigits) digits += digit;
      at += 1;
    }
    groups.push({ start, end: at, digits });
    let next = at;
    while (next - at < mostBetween && isBetween(text.charCodeAt(next))) next += 1;
    if (next === at || digitAt(text, next) < 0) return groups;
    at = next;
  }
}

/** ASCII, Arabic-Indic, extended Arabic-Indic and full-width digits; -1 for anything else. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  for (const zero of [0x30, 0x660, 0x6f0, 0xff10]) if (code >= zero && code <= zero + 9) return code - zero;
  return -1;
}

const between = new Set([
  ..." -._\u00a0\u00ad\u2007\u2009\u200b\u200c\u200d\u2010\u2011\u2012\u2013\u202f\u2060\u3000\ufeff",
]);

function isBetween(code: number): boolean {
  return !Number.isNaN(code) && between.has(String.fromCharCode(code));
}

const hanging = /[\p{L}\p{N}+#_/]/u;

function freeBefore(text: string, start: number): boolean {
  return start === 0 || !hanging.test(text[start - 1] ?? "") || isBetween(text.charCodeAt(start - 1));
}

function freeAfter(text: string, end: number): boolean {
  return end >= text.length || !/[\p{L}\p{N}]/u.test(text[end] ?? "");
}
