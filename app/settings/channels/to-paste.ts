import type { ConnectedKind } from "~/channels/kinds";
import { env } from "~/env.server";

/** Something that the merchant copies from here to the provider. */
export interface ToPaste {
  what: "webhook" | "forwarding" | "dkim";
  value: string;
}

/** Doors of one account each: the provider is told where its messages go. */
const doors: Readonly<Partial<Record<ConnectedKind, (accountId: string) => string>>> = {
  sms: (id) => `/channels/twilio/${id}`,
  x: (id) => `/channels/x/${id}`,
  api: (id) => `/channels/api/${id}`,
  voice: (id) => `/channels/voice/${id}/incoming`,
};

/** The one door of all accounts at Meta, entered once in the operator's app. */
const ofMeta: readonly ConnectedKind[] = ["instagram", "messenger", "whatsapp"];

/** What the provider of an account has to be told so that what people write comes here. */
export function toPaste(kind: ConnectedKind, accountId: string, settings: Record<string, unknown>): ToPaste[] {
  const { SHOPIFY_APP_URL, MAIL_IN_DOMAIN } = env();
  const { incoming, token, dkimRecord } = settings;
  const path = kind === "email" && incoming === "http" ? `/channels/email/${accountId}` : doors[kind]?.(accountId);
  const forwards = kind === "email" && incoming !== "imap" && incoming !== "http" && MAIL_IN_DOMAIN && token;
  return [
    ...(path ? [{ what: "webhook" as const, value: new URL(path, SHOPIFY_APP_URL).href }] : []),
    ...(forwards ? [{ what: "forwarding" as const, value: `${token}@${MAIL_IN_DOMAIN}` }] : []),
    ...(kind === "email" && dkimRecord ? [{ what: "dkim" as const, value: String(dkimRecord) }] : []),
  ];
}

/** What whoever runs the app enters at the provider once for all stores; null where there is no such thing. */
export function operatorsDoor(kind: ConnectedKind): string | null {
  return ofMeta.includes(kind) ? new URL("/channels/meta", env().SHOPIFY_APP_URL).href : null;
}
