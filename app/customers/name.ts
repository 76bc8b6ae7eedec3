const unproven = " (not proven)";

/**
 * What to call a person: their name, else their address or number, else "Visitor". With `addressProven` false an address
 * that stands for a name says that somebody only typed it.
 */
export function personName(person: {
  name: string | null;
  email?: string | null;
  phone?: string | null;
  addressProven?: boolean;
}): string {
  const address = person.email || person.phone;
  const said = address && person.addressProven === false ? address + unproven : address;
  return person.name?.trim() || said || "Visitor";
}

/** At most two letters for a round picture. */
export function initials(name: string): string {
  const words = name.replace(unproven, "").trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
