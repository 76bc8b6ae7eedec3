/** One identifier that two people have in common, and how each has it. */
export interface SharedIdentifier {
  kind: "email" | "phone";
  value: string;
  /** Whether it is proven for this person, and for the other. Shopify's record counts as the record, not as proof. */
  mine: "claimed" | "proven" | "shopify";
  theirs: "claimed" | "proven" | "shopify";
}

export interface SuggestionFacts {
  /** Our id of who the other person is; null for a customer of Shopify's who was never in touch. */
  otherId: string | null;
  /** gid of the other, when they are a customer of Shopify's. */
  shopifyCustomerId: string | null;
  name: string | null;
  email: string | null;
  shared: SharedIdentifier[];
  /** One browser was both of them. */
  sameBrowser: boolean;
  /** The name that both go by, where one of them is known by nothing but an id of a provider's. */
  sameName: string | null;
}

/** Somebody who is probably the same person. */
export interface Suggestion {
  /** As `/customers/…` takes it: our id, or `shopify/<number>`. */
  key: string;
  otherId: string | null;
  shopifyCustomerId: string | null;
  name: string | null;
  email: string | null;
  /** Why, a sentence for each reason, the strongest first. */
  evidence: string[];
}

/** The most that are shown: a phone that forty people share says nothing about any of them. */
const most = 5;
const tooMany = 8;

/** Who is probably the same person, the likeliest first, each with the evidence in words. */
export function decideSuggestions(found: readonly SuggestionFacts[]): Suggestion[] {
  const holders = new Map<string, number>();
  for (const one of found) {
    for (const { kind, value } of one.shared)
      holders.set(`${kind} ${value}`, (holders.get(`${kind} ${value}`) ?? 0) + 1);
  }
  const weighed = found.map((one) => {
    const shared = one.shared.filter(({ kind, value }) => (holders.get(`${kind} ${value}`) ?? 0) <= tooMany);
    const reasons = shared.map((each) => ({ weight: weightOf(each), words: wordsOf(each, holders) }));
    if (one.sameBrowser) reasons.push({ weight: 3, words: "They have used the same browser." });
    if (one.sameName) {
      const words = `Same name, ${one.sameName}. Several people can have it: ask before you merge.`;
      reasons.push({ weight: 1, words });
    }
    reasons.sort((a, b) => b.weight - a.weight);
    return { one, reasons };
  });
  return weighed
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => (b.reasons[0]?.weight ?? 0) - (a.reasons[0]?.weight ?? 0) || b.reasons.length - a.reasons.length)
    .slice(0, most)
    .map(({ one, reasons }) => ({
      key: one.otherId ?? `shopify/${one.shopifyCustomerId?.split("/").at(-1) ?? ""}`,
      otherId: one.otherId,
      shopifyCustomerId: one.shopifyCustomerId,
      name: one.name,
      email: one.email,
      evidence: [...new Set(reasons.map((reason) => reason.words))],
    }));
}

function weightOf({ kind, mine, theirs }: SharedIdentifier): number {
  const strength = { claimed: 0, shopify: 2, proven: 3 };
  // A mailbox is one person's more often than a phone is.
  return strength[mine] + strength[theirs] + (kind === "email" ? 1 : 0);
}

function wordsOf({ kind, value, mine, theirs }: SharedIdentifier, holders: ReadonlyMap<string, number>): string {
  const what = kind === "email" ? "e-mail address" : "phone number";
  const others = (holders.get(`${kind} ${value}`) ?? 1) - 1;
  const also = others > 0 ? ` So ${others === 1 ? "does one more" : `do ${others} more`}.` : "";
  return `Same ${what}, ${value}: ${howWords("this customer", mine)}; ${howWords("the other", theirs)}.${also}`;
}

function howWords(who: string, how: SharedIdentifier["mine"]): string {
  switch (how) {
    case "claimed":
      return `${who} says it is theirs`;
    case "shopify":
      return `${who} has it in Shopify`;
    case "proven":
      return `${who} has proven it`;
  }
}
