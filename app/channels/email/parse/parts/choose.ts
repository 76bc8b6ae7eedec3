import type { Part } from "./walk";

/** Which parts are read as the mail's words, and which lie beside them. */
export interface Chosen {
  /** Plain text first, HTML where there is nothing else. */
  text: Part[];
  /** HTML first, plain text where there is nothing else. */
  html: Part[];
  /** Everything that is not shown as words; pictures may also stand in `text` and `html`. */
  files: Part[];
}

/** RFC 8621, section 4.1.4: its suggested algorithm, of which only the names differ. */
export function chooseParts(root: Part): Chosen {
  const chosen: Chosen = { text: [], html: [], files: [] };
  sort([root], "mixed", false, chosen.html, chosen.text, chosen.files);
  return chosen;
}

function sort(
  parts: readonly Part[],
  multipart: string,
  inAlternative: boolean,
  htmlOr: Part[] | null,
  textOr: Part[] | null,
  files: Part[],
): void {
  let html = htmlOr;
  let text = textOr;
  const textBefore = text?.length ?? -1;
  const htmlBefore = html?.length ?? -1;
  parts.forEach((part, index) => {
    if (part.children) {
      const kind = part.type.slice("multipart/".length);
      sort(part.children, kind, inAlternative || kind === "alternative", html, text, files);
      return;
    }
    if (!isWords(part, index, multipart)) {
      files.push(part);
      return;
    }
    if (multipart === "alternative") {
      if (part.type === "text/plain") text?.push(part);
      else if (part.type === "text/html") html?.push(part);
      else files.push(part);
      return;
    }
    if (inAlternative && part.type === "text/plain") html = null;
    if (inAlternative && part.type === "text/html") text = null;
    text?.push(part);
    html?.push(part);
    if ((!text || !html) && isMedia(part.type)) files.push(part);
  });
  if (multipart !== "alternative" || !text || !html) return;
  if (text.length === textBefore && html.length !== htmlBefore) text.push(...html.slice(htmlBefore));
  else if (html.length === htmlBefore && text.length !== textBefore) html.push(...text.slice(textBefore));
}

function isWords(part: Part, index: number, multipart: string): boolean {
  if (part.disposition.value === "attachment") return false;
  if (part.type !== "text/plain" && part.type !== "text/html" && !isMedia(part.type)) return false;
  return index === 0 || (multipart !== "related" && (isMedia(part.type) || !hasName(part)));
}

function hasName(part: Part): boolean {
  return Boolean(part.disposition.parameters.get("filename") ?? part.parameters.get("name"));
}

export function isMedia(type: string): boolean {
  return /^(image|audio|video)\//.test(type);
}
