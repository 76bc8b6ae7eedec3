import type { FetchMessageObject, ImapFlow } from "imapflow";
import type { AppContext } from "~/context";
import { type Arrived, keepInbound } from "../../keep";
import { mailKey } from "../read/meta";
import { type MailboxProgress, takeUp } from "./progress";

/** Of one mail, in bytes: what is beyond is cut off, and says so when it is read. */
const largest = 25 * 1024 * 1024;
/** What is held at one moment at most. */
const together = { bytes: 32 * 1024 * 1024, mails: 50 };

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

/** Keeps what came into a folder since it was last looked at, and leaves all flags as they are. */
export async function syncFolder(app: AppContext, client: ImapFlow, folder: SyncedFolder): Promise<void> {
  const box = await client.mailboxOpen(folder.path, { readOnly: true });
  const uidValidity = String(box.uidValidity);
  const from = takeUp(folder.progress, folder.path, uidValidity);
  let lastUid = from === "now" ? box.uidNext - 1 : "uid" in from ? from.uid - 1 : 0;
  const note = async () => {
    folder.progress.folders[folder.path] = { uidValidity, lastUid };
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
    const mail = await client.fetchOne(
      String(uid),
      { uid: true, internalDate: true, source: { start: 0, maxLength: largest } },
      { uid: true },
    );
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
