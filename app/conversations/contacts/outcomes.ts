/** What became of a visit or a call that staff write down. */
export const contactOutcomes = ["solved", "follow-up", "not-reached"] as const;

export type ContactOutcome = (typeof contactOutcomes)[number];

export type ContactKind = "visit" | "call";

/** As it stands on the message and in lists. */
export const outcomeWords: Readonly<Record<ContactOutcome, string>> = {
  solved: "Solved",
  "follow-up": "Needs a follow-up",
  "not-reached": "Not reached",
};
