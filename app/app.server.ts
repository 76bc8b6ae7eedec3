import { type Database, openDatabase } from "./db.server";
import type { Env } from "./env.server";
import type { AppContext } from "./jobs/run";
import { type Clock, systemClock } from "./platform/clock";
import { Hub } from "./realtime/hub";

/** What one process has: its pools, its clock and its hub. */
export interface App extends AppContext {
  db: Database;
  clock: Clock;
  hub: Hub;
  signals: Hub;
}

let current: App | undefined;

/** Opens what the process needs; call it once, before the first request. */
export function openApp(env: Pick<Env, "DATABASE_URL" | "DATABASE_CONNECTIONS">, clock: Clock = systemClock): App {
  const db = openDatabase(env.DATABASE_URL, env.DATABASE_CONNECTIONS);
  const hub = new Hub(db.sql);
  current = { db, clock, hub, signals: hub };
  return current;
}

/** This process's app; throws before `openApp`. */
export function app(): App {
  if (!current) throw new Error("openApp has not been called in this process");
  return current;
}
