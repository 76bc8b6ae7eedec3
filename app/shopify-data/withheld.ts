import type { Context } from "~/context";
import type { Kind } from "./kinds";
import { deniedFields } from "./sync/denied";

/** Protected fields of Shopify's and what people call them. https://shopify.dev/docs/apps/launch/protected-customer-data */
const words: readonly (readonly [RegExp, string])[] = [
  [/^(displayName|firstName|lastName|name)$/, "name"],
  [/^(email|emailAddress|defaultEmailAddress)$/, "e-mail"],
  [/^(phone|phoneNumber|defaultPhoneNumber)$/, "phone"],
  [/address/i, "address"],
];

/**
 * What of the people in these records Shopify does not let the app see, in the words of a page: empty when it may see all.
 * Where something is withheld, nothing there does not mean that there is nothing.
 */
export async function withheldOf(ctx: Pick<Context, "shop" | "db">, kind: Kind): Promise<string[]> {
  const fields = (await deniedFields(ctx)).find((one) => one.kind === kind)?.fields ?? [];
  return wordsFor(fields);
}

/** Names of fields, or paths that end in them, as people call them; others are left out. */
export function wordsFor(fields: readonly string[]): string[] {
  const names = fields.flatMap((field) => {
    const last = field.split(".").at(-1) ?? "";
    return words.find(([pattern]) => pattern.test(last))?.[1] ?? [];
  });
  return [...new Set(names)];
}
