/** What a mail server wrote about a mail that it took (RFC 8601). */
export interface TrustedResult {
  method: string;
  result: string;
  /** Such as `header.from`, in lower case. */
  properties: ReadonlyMap<string, string>;
  /** What stood in parentheses, where Google says which policy there is. */
  comment: string;
}

const longest = 16 * 1024;

/**
 * Reads the Authentication-Results of the merchant's own server. Only the topmost one counts: what stands below may be
 * the sender's own. Null when that is of another server, or too long to be one.
 */
export function readTrustedResults(headers: readonly string[], server: string): TrustedResult[] | null {
  const [topmost] = headers;
  if (!topmost || topmost.length > longest) return null;
  const [first, ...rest] = splitOutside(topmost);
  if (first?.text.trim().split(/\s+/)[0]?.toLowerCase() !== server.trim().toLowerCase()) return null;
  return rest.flatMap(({ text, comment }) => {
    const [stated = "", ...others] = text.trim().split(/\s+/);
    const [method = "", result = ""] = stated.toLowerCase().split("=");
    if (!/^[a-z][a-z0-9-]*(\/\d+)?$/.test(method) || !/^[a-z]+$/.test(result)) return [];
    const properties = new Map<string, string>();
    for (const other of others) {
      const at = other.indexOf("=");
      if (at > 0) properties.set(other.slice(0, at).toLowerCase(), unquoted(other.slice(at + 1)).toLowerCase());
    }
    return [{ method, result, properties, comment }];
  });
}

interface Piece {
  text: string;
  comment: string;
}

/** Parts at each `;` that is in no quotes and no comment; comments apart. */
function splitOutside(value: string): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece = { text: "", comment: "" };
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const letter = value[at] as string;
    if (letter === "\\" && (quoted || depth > 0)) {
      at += 1;
    } else if (letter === '"' && depth === 0) {
      quoted = !quoted;
      piece.text += letter;
    } else if (!quoted && letter === "(") {
      depth += 1;
    } else if (!quoted && letter === ")" && depth > 0) {
      depth -= 1;
      piece.comment += " ";
    } else if (depth > 0) {
      piece.comment += letter;
    } else if (letter === ";" && !quoted) {
      pieces.push(piece);
      piece = { text: "", comment: "" };
    } else {
      piece.text += letter;
    }
  }
  pieces.push(piece);
  return pieces;
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, "$1");
