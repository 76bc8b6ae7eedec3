/** What to call a person: their name, else their address or number, else "Visitor". */
export function personName(person: { name: string | null; email?: string | null; phone?: string | null }): string {
  return person.name?.trim() || person.email || person.phone || "Visitor";
}

/** At most two letters for a round picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
