/** How two people belong together who are two people: what the one is to the other. */
export const linkKinds = ["household", "gift-giver", "assistant", "colleague"] as const;

export type LinkKind = (typeof linkKinds)[number];

export const isLinkKind = (text: unknown): text is LinkKind => linkKinds.includes(text as LinkKind);

/** A word for the tie itself. */
export function linkWords(kind: string): string {
  switch (kind) {
    case "household":
      return "same household";
    case "gift-giver":
      return "gives gifts";
    case "assistant":
      return "assistant";
    case "colleague":
      return "colleague";
    default:
      return kind;
  }
}

/** What the other person is to this one, seen from one end of the link. */
export function otherIs(kind: string, isFrom: boolean): string {
  switch (kind) {
    case "household":
      return "Lives in the same household";
    case "gift-giver":
      return isFrom ? "Is given gifts by this customer" : "Gives gifts to this customer";
    case "assistant":
      return isFrom ? "This customer is their assistant" : "Assistant of this customer";
    case "colleague":
      return "Colleague in the same company";
    default:
      return kind;
  }
}
