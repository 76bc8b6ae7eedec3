import { z } from "zod";
import type { Context } from "~/context";

const words = (most: number) => z.string().trim().max(most, `Use at most ${most} characters`);

const minutes = (least: number, most: number) => {
  const words = `Enter ${least} to ${most} minutes`;
  return z
    .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)], {
      error: "Enter a whole number of minutes",
    })
    .pipe(z.number().int("Enter a whole number of minutes").min(least, words).max(most, words));
};

/** What a merchant may write into the form of Settings, with the words that stand at a field that is wrong. */
export const settingsShape = z.object({
  /** Linked from the consent line before the first message. Null: the line stands without a link. */
  privacyPolicyUrl: z
    .string()
    .trim()
    .max(2_000, "Use at most 2000 characters")
    .transform((text) => (text === "" ? null : text))
    .refine(
      (text) => text === null || isWebAddress(text),
      "Enter a full web address, such as https://example.com/privacy",
    )
    .nullable(),
  /** The name over the chat. Empty: the shop's own name. */
  displayName: words(60),
  /** Said when nobody is there. Empty: the widget's own words, in the shopper's language. */
  awayMessage: words(500),
  /** Opening hours in the merchant's words, shown in the widget. Empty: none. */
  hoursText: words(200),
  /** For how many days after closing a shopper's message goes on with the same conversation. 0: never. */
  continueDays: z
    .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)], { error: "Enter a whole number of days" })
    .pipe(
      z.number().int("Enter a whole number of days").min(0, "Enter 0 or more days").max(365, "Enter at most 365 days"),
    ),
  /** Whether replies in the chat that nobody saw follow by e-mail. */
  followUpByEmail: z.boolean(),
  /** Minutes from a reply to its mail, and from one such mail to the next. */
  followUpAfterMinutes: minutes(1, 1_440),
  followUpGapMinutes: minutes(1, 1_440),
});

export type MerchantSettings = z.infer<typeof settingsShape>;

/** All that `shop.settings` holds. */
export interface Settings extends MerchantSettings {
  /** ISO 8601; when the merchant put the set-up steps on Home away. */
  setupDismissedAt: string | null;
}

export const defaultSettings: Settings = {
  privacyPolicyUrl: null,
  displayName: "",
  awayMessage: "",
  hoursText: "",
  continueDays: 7,
  followUpByEmail: true,
  followUpAfterMinutes: 5,
  followUpGapMinutes: 10,
  setupDismissedAt: null,
};

/**
 * The settings of a shop from its row. A field that is missing or no longer valid has its default, so an old row or a
 * hand-edited one never stops a page.
 */
export function readSettings(shop: { settings: unknown }): Settings {
  const stored = typeof shop.settings === "object" && shop.settings !== null ? (shop.settings as object) : {};
  const read: Settings = { ...defaultSettings };
  for (const [key, shape] of Object.entries(settingsShape.shape)) {
    const field = shape.safeParse((stored as Record<string, unknown>)[key]);
    if (field.success) Object.assign(read, { [key]: field.data });
  }
  const dismissed = (stored as Record<string, unknown>).setupDismissedAt;
  if (typeof dismissed === "string") read.setupDismissedAt = dismissed;
  return read;
}

/** The settings of the shop at hand. */
export async function settingsOf(ctx: Pick<Context, "db" | "shop">): Promise<Settings> {
  const shop = await ctx.db.prisma.shop.findUniqueOrThrow({ where: { id: ctx.shop.id }, select: { settings: true } });
  return readSettings(shop);
}

function isWebAddress(text: string): boolean {
  try {
    const url = new URL(text);
    return (url.protocol === "https:" || url.protocol === "http:") && url.hostname.includes(".");
  } catch {
    return false;
  }
}
