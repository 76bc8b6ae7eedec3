import { z } from "zod";

/** How far a folder was read: UIDs only grow while UIDVALIDITY stays the same (RFC 3501 section 2.3.1.1). */
const folder = z.object({
  uidValidity: z.string(),
  lastUid: z.number().int().min(0),
  /** The mail that could not be fetched, and how often that was tried. */
  failing: z.object({ uid: z.number().int(), tries: z.number().int() }).optional(),
});

const schema = z.object({
  /** Mail from before this is not taken in. */
  since: z.coerce.date().nullable().default(null),
  folders: z.record(z.string(), folder).default({}),
});

export type MailboxProgress = z.output<typeof schema>;

/** What is kept in `channel_account.progress`; nothing when it is of another shape. */
export function readProgress(kept: unknown): MailboxProgress {
  const read = schema.safeParse(kept ?? {});
  return read.success ? read.data : { since: null, folders: {} };
}

/** Where to go on in a folder. */
export type From =
  /** From this UID on. */
  | { uid: number }
  /** All of it that came since: the server numbers anew, so UIDs say nothing. */
  | { since: Date }
  /** Nothing of what is there: only what comes. */
  | "now";

/** Pure: where a folder is taken up. What comes twice that way is kept once, by its bytes. */
export function takeUp(progress: MailboxProgress, path: string, uidValidity: string): From {
  const known = progress.folders[path];
  if (known?.uidValidity === uidValidity) return { uid: known.lastUid + 1 };
  if (progress.since) return { since: progress.since };
  return "now";
}
