import type { AppContext } from "./context";
import { type Database, openDatabase } from "./db.server";
import type { Env } from "./env.server";
import { type Clock, systemClock } from "./platform/clock";
import { Hub } from "./realtime/hub";

/** What one process has: its pools, its clock and its hub. */
export interface App extends AppContext {
  db: Database;
  clock: Clock;
  hub: Hub;
  signals: Hub;
}

// On the global object, because Vite evaluates changed modules anew in development and the pools must stay.
const held = globalThis as { throughline?: App };

/** Opens what the process needs; call it once, before the first request. */
export function openApp(env: Pick<Env, "DATABASE_URL" | "DATABASE_CONNECTIONS">, clock: Clock = systemClock): App {
  const db = openDatabase(env.DATABASE_URL, env.DATABASE_CONNECTIONS);
  const hub = new Hub(db.sql);
  held.throughline = { db, clock, hub, signals: hub };
  return held.throughline;
}

/** This process's app; throws before `openApp`. */
export function app(): App {
  if (!held.throughline) throw new Error("openApp has not been called in this process");
  return held.throughline;
}
