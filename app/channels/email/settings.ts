import { z } from "zod";
import type { Account, ConnectField } from "../channel";

/** A port as a form or a program gives it. */
const port = (standard: number) => z.coerce.number().int().min(1).max(65_535).default(standard);
const text = z.string().trim().max(255);
/** `tls` speaks TLS from the first byte, `starttls` turns it on and goes no further without it, `none` is for a network of one's own. */
const security = z.enum(["tls", "starttls", "none"]);
const list = z
  .union([z.array(text), text.transform((value) => value.split(/[\s,]+/).filter((one) => one !== ""))])
  .default([]);

/** What is kept of an address of the merchant's and may be read. */
export const emailSettings = z.object({
  /** The merchant's address, as people write to it. */
  address: text.min(3),
  /** Stands beside the address in what we send, where no member of staff is named. */
  fromName: text.default(""),
  /** How its mail comes to us. */
  incoming: z.enum(["forwarding", "imap", "http"]).default("forwarding"),
  /** What stands before the @ of the forwarding address: made when it is connected, and never changed. */
  token: z
    .string()
    .regex(/^[a-z2-7]{16}$/)
    .optional(),
  imapHost: text.default(""),
  imapPort: port(993),
  imapSecurity: security.default("tls"),
  imapUser: text.default(""),
  /** How many days of mail are taken in when the mailbox is connected. */
  imapDays: z.coerce.number().int().min(0).max(365).default(0),
  /** The name that the mailbox's own server signs its checks with (RFC 8601 authserv-id); empty to believe none. */
  trustedServer: text.default(""),
  /** Domains that forward the merchant's mail and whose ARC seals are believed. */
  trustedSealers: list,
  /** Whose server sends: the app's (SMTP_URL), or one of the merchant's. */
  outgoing: z.enum(["app", "own"]).default("app"),
  smtpHost: text.default(""),
  smtpPort: port(587),
  smtpSecurity: security.default("starttls"),
  smtpUser: text.default(""),
  /** Below what staff write. */
  signature: z.string().max(2_000).default(""),
  dkimDomain: text.default(""),
  dkimSelector: text.regex(/^[a-z0-9._-]*$/i).default(""),
  /** What stands in DNS for the key above, for the merchant to copy. */
  dkimRecord: z.string().max(2_000).default(""),
});

export type EmailSettings = z.output<typeof emailSettings>;

/** What is sealed. */
export const emailCredentials = z.object({
  imapPassword: z.string().max(1_000).optional(),
  smtpPassword: z.string().max(1_000).optional(),
  /** PEM. */
  dkimKey: z.string().max(10_000).optional(),
  /** Signs raw mail that comes over HTTP. */
  httpSecret: z.string().min(32).max(200).optional(),
}) as unknown as z.ZodType<Record<string, string>>;

/** The settings of an account as they are kept. */
export function settingsOf(account: Pick<Account, "settings">): EmailSettings {
  return emailSettings.parse(account.settings);
}

const securities = [
  { value: "tls", label: "TLS" },
  { value: "starttls", label: "STARTTLS" },
  { value: "none", label: "None" },
] as const;

const reads = { field: "incoming", is: "imap" };
const sends = { field: "outgoing", is: "own" };

/** The form with which an address is connected. */
export const emailFields: readonly ConnectField[] = [
  setting("address", "Email address", "The address customers write to, such as support@yourstore.com."),
  setting("fromName", "Sender name", "Customers see this beside the address. Leave empty for your store's name.", true),
  {
    ...setting("incoming", "How mail comes in", "Forwarding works with every provider and needs no password.", true),
    choices: [
      { value: "forwarding", label: "Forward it to an address of this app" },
      { value: "imap", label: "Read the mailbox (IMAP)" },
      { value: "http", label: "My own system posts it" },
    ],
  },
  {
    ...setting("imapHost", "IMAP server", "Only to read the mailbox, such as imap.yourprovider.com.", true),
    when: reads,
  },
  { ...setting("imapPort", "IMAP port", "993 with TLS, 143 with STARTTLS.", true), when: reads },
  { ...setting("imapSecurity", "IMAP security", "", true), choices: securities, when: reads },
  { ...setting("imapUser", "IMAP user name", "Mostly the address itself.", true), when: reads },
  {
    ...credential("imapPassword", "IMAP password", "Some providers want an app password here."),
    when: reads,
    goesTo: "imapHost",
  },
  {
    ...setting("imapDays", "Days of earlier mail", "How much earlier mail to take in. 0 takes only new mail.", true),
    when: reads,
  },
  setting("trustedServer", "Server whose checks are trusted", "The first word of Authentication-Results.", true),
  setting("trustedSealers", "Forwarders that are trusted", "Domains whose ARC seals count, separated by commas.", true),
  {
    ...setting("outgoing", "How mail goes out", "Your own server keeps your address as the sender.", true),
    choices: [
      { value: "app", label: "By this app's mail server" },
      { value: "own", label: "By my own mail server (SMTP)" },
    ],
  },
  {
    ...setting("smtpHost", "SMTP server", "Only for your own mail server, such as smtp.yourprovider.com.", true),
    when: sends,
  },
  { ...setting("smtpPort", "SMTP port", "587 with STARTTLS, 465 with TLS.", true), when: sends },
  { ...setting("smtpSecurity", "SMTP security", "", true), choices: securities, when: sends },
  { ...setting("smtpUser", "SMTP user name", "Leave empty when it asks for none.", true), when: sends },
  { ...credential("smtpPassword", "SMTP password", ""), when: sends, goesTo: "smtpHost" },
  setting("signature", "Signature", "Added below every reply.", true),
  setting("dkimDomain", "DKIM domain", "To sign mail as your domain, such as yourstore.com.", true),
  setting("dkimSelector", "DKIM selector", "A word of your choice that your DNS does not use yet.", true),
  credential("dkimKey", "DKIM private key", "Leave empty, and a key is made for you."),
];

function setting(name: keyof EmailSettings, label: string, help: string, optional = false): ConnectField {
  return { name, label, help, secret: false, keptIn: "settings", optional };
}

function credential(name: string, label: string, help: string): ConnectField {
  return { name, label, help, secret: true, keptIn: "credentials", optional: true };
}
