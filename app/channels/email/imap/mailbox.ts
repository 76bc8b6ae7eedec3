import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { ChannelAccount } from "@prisma/client";
import type { ImapFlow } from "imapflow";
import type { AppContext } from "~/context";
import { log } from "~/platform/log";
import { noteHealth, opened } from "../../accounts";
import type { Account } from "../../channel";
import { PrivateHost } from "../hosts";
import { settingsOf } from "../settings";
import { openMailbox } from "./open";
import { type MailboxProgress, readProgress } from "./progress";
import { syncFolder } from "./sync-folder";

export interface MailboxTimes {
  /** After how many milliseconds the folders are looked at although the server said nothing. */
  look: number;
  /** Before the second try after a failure; each further one waits twice as long, up to `most`. */
  again: number;
  most: number;
  /** After a refused password: providers lock accounts that try on. */
  refused: number;
}

export const usualTimes: MailboxTimes = { look: 120_000, again: 5_000, most: 300_000, refused: 900_000 };

/** Reads one mailbox until it is told to stop: what came since, then whatever comes, over one connection. */
export async function runMailbox(
  app: AppContext,
  at: { shopId: string; id: string },
  signal: AbortSignal,
  times: MailboxTimes = usualTimes,
): Promise<void> {
  let wait = times.again;
  while (!signal.aborted) {
    let row: ChannelAccount | null;
    try {
      row = await app.db.prisma.channelAccount.findUnique({ where: { shopId_id: at } });
    } catch {
      await pause(times.again, undefined, { signal }).catch(() => undefined);
      continue;
    }
    if (!row) return;
    let reached = false;
    try {
      await readOn(app, opened(row), readProgress(row.progress), signal, times, async () => {
        wait = times.again;
        if (!reached && row.lastError) {
          // What went wrong meanwhile, such as a mail that was left out, stays to be read.
          const where = { ...at, lastError: row.lastError };
          await app.db.prisma.channelAccount.updateMany({ where, data: { lastError: null } });
        }
        reached = true;
      });
    } catch (error) {
      if (signal.aborted) return;
      const refused = (error as { authenticationFailed?: boolean }).authenticationFailed === true;
      log.warn({ shop: at.shopId, account: at.id, code: (error as { code?: string }).code, refused }, "mailbox lost");
      // One break of a line is nothing to tell; what lasts is.
      if (!reached) {
        const change = { lastErrorAt: app.clock.now(), lastError: words(error, refused) };
        await noteHealth(app.db.prisma, at, change).catch(() => undefined);
      }
      await pause(refused ? times.refused : wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, times.most);
    }
  }
}

function words(error: unknown, refused: boolean): string {
  if (refused) return "The mailbox refused the user name or password. Connect it again with the right one.";
  if (error instanceof PrivateHost) return "The mailbox's server leads into a private network.";
  return "The mailbox could not be reached. It is tried again by itself.";
}

async function readOn(
  app: AppContext,
  account: Account,
  progress: MailboxProgress,
  signal: AbortSignal,
  times: MailboxTimes,
  reached: () => Promise<void>,
): Promise<void> {
  const settings = settingsOf(account);
  const client = await openMailbox(settings, account.credentials["imapPassword"] ?? "");
  const stop = () => client.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const { shopId, id: accountId } = account;
    const save = async (changed: MailboxProgress) => {
      const data = { progress: changed as object };
      await app.db.prisma.channelAccount.updateMany({ where: { shopId, id: accountId }, data });
    };
    if (settings.imapDays > 0 && !progress.since) {
      progress.since = new Date(app.clock.now().getTime() - settings.imapDays * 86_400_000);
    }
    const sentPath = (await client.list()).find((one) => one.specialUse === "\\Sent")?.path;
    const folder = (path: string, sent: boolean) =>
      syncFolder(app, client, { shopId, accountId, path, sent, progress, save, isOver: () => signal.aborted });
    while (!signal.aborted) {
      if (sentPath) await folder(sentPath, true);
      await folder("INBOX", false);
      // Whatever comes from now on is of interest also after the server numbers anew.
      if (!progress.since) {
        progress.since = app.clock.now();
        await save(progress);
      }
      await reached();
      await somethingNew(client, times.look, signal);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    client.close();
  }
}

/** Waits until the server tells of mail, or long enough. Throws when the line is lost. */
async function somethingNew(client: ImapFlow, longest: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const quiet = <Result>(wait: Promise<Result>) => wait.catch(() => undefined);
  try {
    const idle = client.idle().catch(() => false);
    await Promise.race([
      quiet(once(client, "exists", { signal: either })),
      quiet(once(client, "close", { signal: either })),
      quiet(pause(longest, undefined, { signal: either })),
    ]);
    void idle;
  } finally {
    over.abort();
  }
  if (!client.usable && !signal.aborted) throw new Error("the line to the mailbox was lost");
}
