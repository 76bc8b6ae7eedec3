/** UTF-16 units of one message that comes in; a mail's whole text is kept up to this as well. */
export const longestInbound = 200_000;

// Control characters but tab and line feed (C0, DEL, C1), and the marks that make text run the other way beyond its own end.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What somebody wrote elsewhere as it is kept: line ends as \n, without control characters and lone surrogates, bounded. */
export function inboundText(raw: string): string {
  const text = raw.replace(/\r\n?/g, "\n").replace(unwanted, "").toWellFormed().trim();
  return text.length <= longestInbound ? text : `${text.slice(0, longestInbound).toWellFormed()}…`;
}
