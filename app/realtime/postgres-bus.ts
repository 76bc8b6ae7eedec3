import pg from "pg";
import { log } from "~/platform/log";
import type { OpenBus } from "./bus";

const channel = "throughline";

/**
 * The bus over LISTEN and NOTIFY. What is published within two milliseconds goes in one statement on its own
 * connection, after the commit it tells of: a NOTIFY inside a transaction holds a lock over the whole database while it
 * commits, which would make writers queue for each other. A lost connection is opened again; readers poll meanwhile.
 */
export function postgresBus(url: string): OpenBus {
  return async (hear) => {
    let client: pg.Client | null = null;
    let closed = false;
    let waiting: string[] = [];
    let timer: NodeJS.Timeout | null = null;

    const connect = async (): Promise<void> => {
      // Kept alive: a connection that a network dropped without a word would never end by itself.
      const next = new pg.Client({ connectionString: url, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
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
        connect().catch(() => setTimeout(attempt, 1_000).unref());
      };
      setTimeout(attempt, 250).unref();
    };
    const flush = (): void => {
      timer = null;
      const batch = [...new Set(waiting)];
      waiting = [];
      // A NOTIFY payload holds less than 8,000 bytes; signals are a few hundred each.
      for (let start = 0; start < batch.length; start += 16) {
        const payload = JSON.stringify(batch.slice(start, start + 16));
        client?.query("SELECT pg_notify($1, $2)", [channel, payload]).catch(() => undefined);
      }
    };

    await connect();
    return {
      publish(text) {
        waiting.push(text);
        timer ??= setTimeout(flush, 2);
      },
      async close() {
        closed = true;
        if (timer) clearTimeout(timer);
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
