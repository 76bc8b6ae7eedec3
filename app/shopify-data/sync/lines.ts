/** A line of a file: its bytes without the line's end, or null when it is longer than a line may be. */
export interface Line {
  bytes: Buffer | null;
  /** Where it begins in the file, and how many bytes it takes with its end. */
  offset: number;
  length: number;
}

/** A record with some thousand lines of its own is a line each; nothing real comes near. In bytes. */
export const longestLine = 8 * 1024 * 1024;

/** A stream of bytes that says, when it has ended, whether it was cut off. */
export interface Chunks extends AsyncIterable<Uint8Array> {
  readonly broken?: boolean;
}

/**
 * The lines of a stream whose first byte stands at `offset` of the file, as many at a time as a chunk has brought. Never holds more than
 * a chunk and a line. A last line without an end is one too, but not where the stream was cut off.
 */
export async function* linesOf(chunks: Chunks, offset: number, longest = longestLine): AsyncGenerator<Line[]> {
  /** The parts of a line whose end has not come. */
  let parts: Buffer[] = [];
  let length = 0;
  let tooLong = false;
  const end = (rest: Buffer, withEnd: number): Line => {
    const bytes = parts.length === 0 ? rest : Buffer.concat([...parts, rest]);
    const line = { bytes: tooLong ? null : bytes, offset, length: length + rest.length + withEnd };
    offset += line.length;
    parts = [];
    length = 0;
    tooLong = false;
    return line;
  };
  for await (const chunk of chunks) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lines: Line[] = [];
    let from = 0;
    for (let at = buffer.indexOf(10); at !== -1; at = buffer.indexOf(10, from)) {
      if (length + at - from > longest) tooLong = true;
      lines.push(end(buffer.subarray(from, at), 1));
      from = at + 1;
    }
    const rest = buffer.subarray(from);
    if (rest.length > 0) {
      if (length + rest.length > longest) {
        tooLong = true;
        parts = [];
      }
      // A copy: the chunk itself is not held for the sake of its last bytes.
      else if (!tooLong) parts.push(Buffer.from(rest));
      length += rest.length;
    }
    if (lines.length > 0) yield lines;
  }
  if (length > 0 && !chunks.broken) yield [end(Buffer.alloc(0), 0)];
}
