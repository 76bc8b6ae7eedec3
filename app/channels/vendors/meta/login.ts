import { z } from "zod";
import type { Account } from "../../channel";
import type { GraphHost } from "./graph";

/** A setting that a form says with a word and a row keeps as true or false. */
const onOff = z.union([z.boolean(), z.stringbool()]).default(false);

/** What is kept of a page, or of a profile on Instagram. */
export const messagingSettings = z.object({
  /** The page of Facebook's; empty for a profile on Instagram that has none. */
  pageId: z
    .string()
    .regex(/^\d*$/, "The page's ID has only digits. It stands in the page's settings under Page transparency.")
    .default(""),
  /** Meta allows this app to answer as a person between a day and seven. */
  humanAgent: onOff,
  /** Which login the token is of. */
  login: z.enum(["facebook", "instagram"]).default("facebook"),
  username: z.string().optional(),
});

export type MessagingSettings = z.infer<typeof messagingSettings>;

/** What is sealed. */
export const tokenOnly = z.object({ token: z.string().trim().min(20, "Paste the whole access token.") });

/** The settings of an account in their shape, also of one that an older version kept. */
export function messagingOf(account: Pick<Account, "settings">): MessagingSettings {
  const read = messagingSettings.safeParse(account.settings);
  return read.success ? read.data : messagingSettings.parse({});
}

/** Where an account of Instagram's or Messenger's is asked about. */
export function hostOf(account: Pick<Account, "settings">): GraphHost {
  return messagingOf(account).login === "instagram" ? "graph.instagram.com" : "graph.facebook.com";
}

export const tokenOf = (account: Pick<Account, "credentials">): string => account.credentials.token ?? "";
