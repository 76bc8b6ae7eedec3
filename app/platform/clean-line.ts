// Control characters (C0, DEL, C1) and the marks that make text run the other way beyond its own end.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unwanted = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Text from outside as one line that can be kept and shown: no control characters (PostgreSQL takes no NUL), no lone
 * surrogates, blanks as single spaces, at most `most` UTF-16 units.
 */
export function cleanLine(raw: string, most: number): string {
  return raw.replace(unwanted, " ").toWellFormed().replace(/\s+/g, " ").trim().slice(0, most).toWellFormed();
}
