import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { PoolClient } from "pg";
import type { AppContext } from "~/context";
import { log } from "~/platform/log";
import { type MailboxTimes, runMailbox, usualTimes } from "./mailbox";

interface Wanted {
  shopId: string;
  id: string;
  /** Of what it is reached by: other settings want another connection. */
  print: string;
}

interface Running extends Wanted {
  stop: AbortController;
  done: Promise<void>;
}

/** How often the list of mailboxes is read, in milliseconds. */
const usualLook = 10_000;

/**
 * Reads every connected mailbox, each over one connection, however many workers there are: whoever holds its lock reads
 * it. All locks of a process stand on one connection to the database and go when the process does.
 */
export function watchMailboxes(
  app: AppContext,
  { look = usualLook, times = usualTimes }: { look?: number; times?: MailboxTimes } = {},
): { close(): Promise<void> } {
  const over = new AbortController();
  const running = new Map<string, Running>();

  const end = async (one: Running): Promise<void> => {
    one.stop.abort();
    await one.done;
    running.delete(one.id);
  };

  const round = async (holder: PoolClient): Promise<void> => {
    const wanted = new Map((await wantedOf(app)).map((one) => [one.id, one]));
    for (const one of [...running.values()]) {
      if (wanted.get(one.id)?.print === one.print) continue;
      await end(one);
      await holder.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [`mailbox ${one.id}`]);
    }
    for (const one of wanted.values()) {
      if (running.has(one.id)) continue;
      const text = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held";
      const { rows } = await holder.query<{ held: boolean }>(text, [`mailbox ${one.id}`]);
      if (!rows[0]?.held) continue;
      const stop = new AbortController();
      const done = runMailbox(app, { shopId: one.shopId, id: one.id }, stop.signal, times).catch((error: Error) => {
        log.error({ shop: one.shopId, account: one.id, kind: error.name }, "reading a mailbox ended");
      });
      running.set(one.id, { ...one, stop, done });
    }
  };

  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const holder = await app.db.locks.connect().catch(() => null);
      try {
        while (holder && !over.signal.aborted) {
          await round(holder);
          await pause(look, undefined, { signal: over.signal }).catch(() => undefined);
        }
      } catch (error) {
        log.warn({ code: (error as { code?: string }).code }, "the list of mailboxes could not be read");
      }
      // Without the connection the locks are gone, and another worker may be reading already.
      await Promise.all([...running.values()].map(end));
      holder?.release(true);
      if (!over.signal.aborted) await pause(look, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const watched = watch();

  return {
    async close() {
      over.abort();
      await watched;
    },
  };
}

async function wantedOf(app: AppContext): Promise<Wanted[]> {
  const { rows } = await app.db.sql.query<{ shopId: string; id: string; made: string }>(
    `SELECT a."shopId", a."id", a."settings"::text || COALESCE(a."credentials", '') AS "made"
       FROM "channel_account" a JOIN "shop" s ON s."id" = a."shopId" AND s."uninstalledAt" IS NULL
      WHERE a."kind" = 'email' AND a."state" = 'active' AND a."settings"->>'incoming' = 'imap' ORDER BY a."id"`,
  );
  return rows.map(({ shopId, id, made }) => ({
    shopId,
    id,
    print: createHash("sha256").update(made).digest("base64url"),
  }));
}
