/** One of two people who may be the same, as far as it can speak against it. */
export interface SideFacts {
  /** gids of Shopify's customers, without those that Shopify has merged away. */
  shopifyCustomerIds: readonly string[];
  /** Values that are proven, normalised. */
  emails: readonly string[];
  phones: readonly string[];
}

/** What speaks against two people being one. `key` names it when staff say that they have seen it. */
export interface Contradiction {
  key: "two-shopify-customers" | "different-emails" | "different-phones" | "said-not-the-same" | "linked";
  words: string;
}

/** What a member of staff must have seen before they merge these two. Only what is proven can contradict. */
export function decideContradictions(
  one: SideFacts,
  other: SideFacts,
  known: { saidNotTheSame: boolean; linkedAs: string | null },
): Contradiction[] {
  const found: Contradiction[] = [];
  if (one.shopifyCustomerIds.some((id) => !other.shopifyCustomerIds.includes(id)) && other.shopifyCustomerIds.length) {
    const words = "They are two customers in Shopify. They stay two there: merge them in Shopify if they are one.";
    found.push({ key: "two-shopify-customers", words });
  }
  if (differ(one.emails, other.emails)) {
    found.push({
      key: "different-emails",
      words: `Each has proven another e-mail address: ${list(one.emails)} and ${list(other.emails)}.`,
    });
  }
  if (differ(one.phones, other.phones)) {
    found.push({
      key: "different-phones",
      words: `Each has proven another phone number: ${list(one.phones)} and ${list(other.phones)}.`,
    });
  }
  if (known.saidNotTheSame) {
    found.push({ key: "said-not-the-same", words: "Your team has said that these are not the same person." });
  }
  if (known.linkedAs) {
    found.push({ key: "linked", words: `They are linked as two people who belong together (${known.linkedAs}).` });
  }
  return found;
}

function differ(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && !one.some((value) => other.includes(value));
}

function list(values: readonly string[]): string {
  return values.slice(0, 3).join(", ");
}
