import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { log } from "~/platform/log";
import type { OpenBus } from "./bus";

const channel = "throughline";
/** What is published within so many milliseconds goes in one statement. */
const gatherMilliseconds = 5;
/** Texts that wait for a database which does not keep up; what comes on top is dropped. */
const mostWaiting = 1_000;

/**
 * The bus over LISTEN and NOTIFY. What is published together goes in one statement on its own
 * connection, after the commit it tells of: a NOTIFY inside a transaction holds a lock over the whole database while it
 * commits, which would make writers queue for each other. A lost connection is opened again; readers poll meanwhile.
 */
export function postgresBus(url: string): OpenBus {
  return async (hear) => {
    let client: pg.Client | null = null;
    let closed = false;
    const waiting = new Set<string>();
    let flushing = false;

    const connect = async (): Promise<void> => {
      // Kept alive: a connection that a network dropped without a word would never end by itself.
      const next = new pg.Client({
        connectionString: url,
        application_name: "throughline bus",
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
      });
      next.on("notification", (message) => {
        // What is published goes through this same connection: its own comes back with its own number.
        if (message.processId === (next as unknown as { processID: number }).processID) return;
        for (const text of textsIn(message.payload)) hear(text);
      });
      next.on("error", () => reconnect(next));
      next.on("end", () => reconnect(next));
      try {
        await next.connect();
        await next.query(`LISTEN ${channel}`);
      } catch (error) {
        await next.end().catch(() => undefined);
        throw error;
      }
      if (closed) await next.end();
      else client = next;
    };
    const reconnect = (lost: pg.Client): void => {
      if (closed || client !== lost) return;
      client = null;
      log.warn("the realtime bus lost its connection, readers poll until it is back");
      const attempt = (): void => {
        if (closed) return;
        connect().catch(() => void again(1_000));
      };
      const again = (milliseconds: number) => setTimeout(milliseconds, null, { ref: false }).then(attempt);
      void again(250);
    };
    const flush = async (): Promise<void> => {
      flushing = true;
      await setTimeout(gatherMilliseconds);
      while (waiting.size > 0 && client) {
        // A NOTIFY payload holds less than 8,000 bytes; signals are a few hundred each.
        const batch = [...waiting].slice(0, 16);
        for (const text of batch) waiting.delete(text);
        await client.query("SELECT pg_notify($1, $2)", [channel, JSON.stringify(batch)]).catch(() => undefined);
      }
      // Without a connection they are dropped: what matters is in the log.
      waiting.clear();
      flushing = false;
    };

    await connect();
    return {
      publish(text) {
        if (closed || waiting.size >= mostWaiting) return;
        waiting.add(text);
        if (!flushing) void flush();
      },
      async close() {
        closed = true;
        await client?.end().catch(() => undefined);
      },
    };
  };
}

/** The texts of a notification; none when it is not ours. */
function textsIn(payload: string | undefined): string[] {
  try {
    const texts: unknown = JSON.parse(payload ?? "[]");
    return Array.isArray(texts) ? texts.filter((text) => typeof text === "string") : [];
  } catch {
    return [];
  }
}
