/**
 * Text in format=flowed with its paragraphs in one line each (RFC 3676, section 4). Quoted lines keep their marks, written
 * as `> `; the line `-- ` before a signature is never joined. Lines end in `\n`. Linear.
 */
export function unfoldFlowed(text: string, deletesSpace: boolean): string {
  const out: string[] = [];
  let paragraph: string[] | null = null;
  let depth = 0;

  const flush = () => {
    if (paragraph) out.push(marks(depth) + paragraph.join(""));
    paragraph = null;
  };

  for (const line of text.split("\n")) {
    let quoted = 0;
    while (line.charCodeAt(quoted) === 0x3e) quoted += 1;
    // The space before a line is stuffing, there to keep it from looking like a quote or a separator of an mbox.
    const content = line.slice(line.charCodeAt(quoted) === 0x20 ? quoted + 1 : quoted);
    const isSignature = content === "-- ";
    const flows = content.endsWith(" ") && !isSignature;
    if (quoted !== depth || isSignature) flush();
    depth = quoted;
    paragraph ??= [];
    paragraph.push(flows && deletesSpace ? content.slice(0, -1) : content);
    if (!flows) flush();
  }
  flush();
  return out.join("\n");
}

function marks(depth: number): string {
  return depth === 0 ? "" : `${">".repeat(Math.min(depth, 100))} `;
}
