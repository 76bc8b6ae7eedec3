const places: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => places[letter] as string);

/** The same words as HTML, for mail programs that show nothing else: paragraphs, lines and links, and no styles. */
export function htmlOf(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => {
    const lines = paragraph.split("\n").map(withLinks);
    return `<p>${lines.join("<br>\n")}</p>`;
  });
  return `<!doctype html>\n<html><body dir="auto">\n${paragraphs.join("\n")}\n</body></html>\n`;
}

function withLinks(line: string): string {
  return line
    .split(/(https?:\/\/[^\s<>"']{1,2000})/)
    .map((piece, at) => {
      if (at % 2 === 0) return escaped(piece);
      // A full stop after an address ends the sentence, not the address.
      const [, address = piece, rest = ""] = /^(.*?)([.,;:!?)\]]{0,3})$/.exec(piece) ?? [];
      return `<a href="${escaped(address)}">${escaped(address)}</a>${escaped(rest)}`;
    })
    .join("");
}
