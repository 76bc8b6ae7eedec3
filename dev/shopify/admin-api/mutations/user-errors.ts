import type { UserError } from "../switchboard";

export type { UserError };

export function userError(field: string[] | null, message: string): UserError {
  return { field, message };
}

/** Enough to catch what Shopify calls an invalid address; not a proof that mail arrives. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[A-Za-z]{2,}$/.test(text) && text.length <= 255;
}

/** Digits with the usual punctuation, as Shopify takes phone numbers. */
export function isPhone(text: string): boolean {
  return /^\+?[\d\s().-]{6,20}$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 6;
}

const TAG_LENGTH = 40;

/** Drafts and orders take tags of 40 characters, customers and products of 255. */
export function tagErrors(tags: readonly string[], length = TAG_LENGTH): UserError[] {
  return tags.flatMap((tag, index) =>
    [...tag].length > length
      ? [userError(["tags", String(index)], `Title Tag exceeds the maximum length of ${length} characters`)]
      : [],
  );
}

/** Trimmed, without blanks and without repeats that differ only in case. */
export function cleanTags(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags
    .flatMap((tag) => tag.split(","))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "" && !seen.has(tag.toLowerCase()) && seen.add(tag.toLowerCase()));
}
