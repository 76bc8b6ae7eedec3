/** Words of a search beyond these are left out. */
const mostWords = 6;

/** The words as a tsquery, each as the beginning of one, where `shopWord` stands; null for no word. */
export function queryOf(shopWord: string, words: readonly string[]): string | null {
  const asked = words.filter(Boolean).slice(0, mostWords);
  if (asked.length === 0) return null;
  const quoted = asked.map((word) => `'${word.slice(0, 100).replace(/[\\']/g, "$&$&")}':*`);
  return [`'${shopWord}'`, ...quoted].join(" & ");
}
