/**
 * What a record is found by: its words in lower case without marks, each once, apart by spaces. Both what is kept and
 * what is searched for go through here, so that "müller" finds "Muller" and "jacket" finds "Field-Jacket".
 */
export function wordsOf(...texts: (string | null | undefined)[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    if (!text) continue;
    for (const word of plain(text).split(/[^\p{L}\p{N}]+/u)) if (word) words.add(word.slice(0, 60));
  }
  return [...words].slice(0, 400).join(" ");
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
