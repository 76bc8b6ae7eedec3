import { createHash } from "node:crypto";
import { z } from "zod";

/** What a door knows of a mail besides its bytes. */
const schema = z.object({
  /** The door it came through. */
  via: z.enum(["smtp", "imap", "http"]).default("http"),
  /** Who handed it to our server. */
  ip: z.string().default(""),
  helo: z.string().default(""),
  mailFrom: z.string().default(""),
  /** Those of the envelope's recipients that are this account's. */
  rcptTo: z.array(z.string()).default([]),
  /** It lies in the mailbox's folder of sent mail: the store wrote it, elsewhere. */
  sent: z.boolean().default(false),
  /** When the mailbox got it. */
  internalDate: z.coerce.date().nullable().default(null),
});

export type MailMeta = z.output<typeof schema>;

/** What the door wrote; what is missing or odd is as if nobody had said it. */
export function readMeta(meta: Record<string, unknown>): MailMeta {
  const read = schema.safeParse(meta);
  return read.success ? read.data : schema.parse({});
}

/** The key under which a mail is kept: of its bytes, so that a second arrival of the same is the same. */
export function mailKey(raw: Uint8Array): string {
  return `mail:${createHash("sha256").update(raw).digest("base64url")}`;
}
