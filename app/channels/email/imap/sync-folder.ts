import type { FetchMessageObject, ImapFlow } from "imapflow";
import type { AppContext } from "~/context";
import { log } from "~/platform/log";
import { noteHealth } from "../../accounts";
import { type Arrived, keepInbound } from "../../keep";
import { mailKey } from "../read/meta";
import { type MailboxProgress, takeUp } from "./progress";

/** Of one mail, in bytes: what is beyond is cut off, and says so when it is read. */
const largest = 25 * 1024 * 1024;
/** What is held at one moment at most. */
const together = { bytes: 32 * 1024 * 1024, mails: 50 };
/** Tries to fetch one mail, each over a connection of its own; then it is left out, so that the others go on. */
const mostTries = 8;

export interface SyncedFolder {
  shopId: string;
  accountId: string;
  path: string;
  /** The folder of sent mail. */
  sent: boolean;
  progress: MailboxProgress;
  /** Called each time that more of it is kept. */
  save(progress: MailboxProgress): Promise<void>;
  isOver(): boolean;
}

/**
 * Keeps what came into a folder since it was last looked at, and leaves all flags as they are. Throws when a mail could not
 * be fetched, with what was fetched before it kept; the next call begins at that mail.
 */
export async function syncFolder(app: AppContext, client: ImapFlow, folder: SyncedFolder): Promise<void> {
  const box = await client.mailboxOpen(folder.path, { readOnly: true });
  const uidValidity = String(box.uidValidity);
  const from = takeUp(folder.progress, folder.path, uidValidity);
  let lastUid = from === "now" ? box.uidNext - 1 : "uid" in from ? from.uid - 1 : 0;
  const known = folder.progress.folders[folder.path];
  let failing = known?.uidValidity === uidValidity ? known.failing : undefined;
  const note = async () => {
    folder.progress.folders[folder.path] = { uidValidity, lastUid, ...(failing ? { failing } : {}) };
    await folder.save(folder.progress);
  };
  const uids = from === "now" || box.exists === 0 ? [] : await newUids(client, from);
  let waiting: Arrived[] = [];
  let bytes = 0;
  const flush = async () => {
    if (waiting.length > 0) await keepInbound(app, waiting);
    waiting = [];
    bytes = 0;
    await note();
  };
  for (const uid of uids) {
    if (folder.isOver()) return;
    let mail: FetchMessageObject | false | undefined;
    if (failing?.uid === uid && failing.tries >= mostTries) await leaveOut(app, folder, uid);
    else {
      try {
        mail = await fetchMail(client, uid);
      } catch (error) {
        if (!folder.isOver()) failing = { uid, tries: failing?.uid === uid ? failing.tries + 1 : 1 };
        await flush();
        throw error;
      }
    }
    failing = undefined;
    // One that was deleted meanwhile is not there any more.
    const source = mail ? mail.source : undefined;
    if (mail && source) {
      waiting.push(arrived(folder, mail, source));
      bytes += source.length;
    }
    lastUid = uid;
    if (waiting.length >= together.mails || bytes >= together.bytes) await flush();
  }
  await flush();
}

const fetchMail = (client: ImapFlow, uid: number): Promise<FetchMessageObject | false | undefined> =>
  client.fetchOne(
    String(uid),
    { uid: true, internalDate: true, source: { start: 0, maxLength: largest } },
    { uid: true },
  );

async function leaveOut(app: AppContext, { shopId, accountId, path }: SyncedFolder, uid: number): Promise<void> {
  log.warn({ shop: shopId, account: accountId, uid }, "a mail that cannot be fetched is left out");
  const lastError = `A mail in the folder ${path} could not be fetched and was left out. Look for it in the mailbox.`;
  await noteHealth(app.db.prisma, { shopId, id: accountId }, { lastErrorAt: app.clock.now(), lastError });
}

async function newUids(client: ImapFlow, from: { uid: number } | { since: Date }): Promise<number[]> {
  const wanted = "uid" in from ? { uid: `${from.uid}:*` } : { since: from.since };
  const found = (await client.search(wanted, { uid: true })) || [];
  // "5:*" is also the last one there is when that is before 5 (RFC 3501 section 6.4.8).
  return found.filter((uid) => !("uid" in from) || uid >= from.uid).sort((one, other) => one - other);
}

function arrived({ shopId, accountId, sent }: SyncedFolder, mail: FetchMessageObject, source: Buffer): Arrived {
  const date = mail.internalDate ? new Date(mail.internalDate) : null;
  const internalDate = date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
  const key = sent ? `sent ${mailKey(source)}` : mailKey(source);
  return { account: { shopId, id: accountId }, key, body: source, meta: { via: "imap", sent, internalDate } };
}
