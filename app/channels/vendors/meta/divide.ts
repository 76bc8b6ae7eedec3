import { type Abilities, type Outbound, type OutboundFile, type Part, Rejected } from "../../channel";

/** How long a text is, in the unit of a provider's limit. */
export type Measure = (text: string) => number;

export const byCharacters: Measure = (text) => text.length;
export const byBytes: Measure = (text) => Buffer.byteLength(text);

/**
 * A text in pieces of `most` at the most, each cut at the last blank line, line or word that fits, else between two
 * letters as people see them. Nothing is lost but the blanks at the cuts. In one pass over the text.
 */
export function divide(text: string, most: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const head = headOf(rest, most, measure);
    if (head.length === rest.length) return [...pieces, rest];
    const at = cutOf(head, rest);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return pieces;
}

/** As much of the beginning as fits, of whole letters. At least one letter, were it ever so large. */
function headOf(text: string, most: number, measure: Measure): string {
  // No measure counts less than one for a UTF-16 unit.
  const window = text.slice(0, most + 1);
  if (window.length === text.length && measure(text) <= most) return text;
  let size = 0;
  let end = 0;
  for (const { segment, index } of letters.segment(window)) {
    size += measure(segment);
    if (size > most) break;
    end = index + segment.length;
  }
  // A mark that belongs to the letter before may stand behind the window's end; that letter then goes with the rest.
  if (end === window.length && window.length < text.length) end = before(window, end);
  return text.slice(0, end || Math.min(most, text.length));
}

function before(window: string, end: number): number {
  return letters.segment(window).containing(end - 1)?.index ?? end;
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function cutOf(head: string, rest: string): number {
  if (/\s/.test(rest[head.length] ?? "")) return head.length;
  const paragraph = head.lastIndexOf("\n\n");
  if (paragraph > head.length / 2) return paragraph;
  const line = head.lastIndexOf("\n");
  if (line > head.length / 2) return line;
  const word = head.search(/\s\S*$/);
  return word > 0 ? word : head.length;
}

/** A call for each piece of the text, then one for each file. Throws Rejected for a file that the channel does not take. */
export function partsOf(
  outbound: Outbound,
  channel: string,
  abilities: Abilities,
  measure: Measure = byCharacters,
): Part[] {
  const texts = divide(outbound.text, abilities.textLimit, measure);
  for (const file of outbound.files) checkFile(file, channel, abilities);
  const what = [...texts.map((text) => ({ text, file: null })), ...outbound.files.map((file) => ({ text: "", file }))];
  if (what.length === 0) throw new Rejected({ code: "empty", words: "There is nothing in this message to send." });
  return what.map((one, index) => ({ outbound, index, key: `${outbound.key}:${index}`, ...one }));
}

function checkFile(file: OutboundFile, channel: string, { files }: Abilities): void {
  const type = file.mediaType.toLowerCase().split(";", 1)[0]?.trim() ?? "";
  const most = files[type] ?? files[`${type.split("/", 1)[0]}/*`];
  if (most === undefined) {
    const words = `${channel} does not take files of this type (${file.name}). Send it as another type, or by email.`;
    throw new Rejected({ code: "file-type", words });
  }
  if (file.size > most) {
    const limit = most >= 1_048_576 ? `${Math.floor(most / 1_048_576)} MB` : `${Math.floor(most / 1024)} KB`;
    throw new Rejected({
      code: "file-size",
      words: `${file.name} is larger than the ${limit} that ${channel} takes. Send a smaller one, or a link.`,
    });
  }
}
