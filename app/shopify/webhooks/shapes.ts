import { z } from "zod";

/** Amounts come as texts, in some old payloads as numbers. */
export const amount = z.union([z.string(), z.number()]).transform(String);

/** `note_attributes`; values are texts except where a theme wrote something else. */
export const noteAttributes = z
  .array(z.object({ name: z.string(), value: z.unknown() }))
  .nullish()
  .transform((pairs) => (pairs ?? []).map(({ name, value }) => ({ name, value: String(value ?? "") })));

/** An instant with its offset, as REST payloads write it. */
export const instant = z.string().transform((text, context) => {
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  context.addIssue({ code: "custom", message: "not an instant" });
  return z.NEVER;
});

export const numericId = z.union([z.number().int().positive(), z.string().regex(/^\d+$/)]).transform(String);

/** `gid("Order", 12)` → `gid://shopify/Order/12` */
export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}
