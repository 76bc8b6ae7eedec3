import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import pg from "pg";

/**
 * The two ways to the one database: Prisma for ordinary reads and writes, `sql` for statements whose shape matters.
 * They share nothing but the server; a change that must be one transaction uses one of them.
 */
export interface Database {
  prisma: PrismaClient;
  sql: pg.Pool;
  /** Connections that hold locks while something else is waited for, and nothing else: see `platform/lock.ts`. */
  locks: pg.Pool;
  close(): Promise<void>;
}

/** What a verb gets inside `prisma.$transaction`. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** Locks that one process holds at once; whoever finds none free for so many milliseconds fails instead of hanging. */
const mostLocks = 8;
const lockWithin = 10_000;

/** Opens pools to the database at `url`; `connections` is the most of each of the two pools for work. */
export function openDatabase(url: string, connections: number): Database {
  const sql = new pg.Pool({ connectionString: url, max: connections });
  const locks = new pg.Pool({ connectionString: url, max: mostLocks, connectionTimeoutMillis: lockWithin });
  // Without listeners, a connection that the server ends would end the process.
  for (const pool of [sql, locks]) {
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections }, { onPoolError: () => undefined }),
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
  return {
    prisma,
    sql,
    locks,
    async close() {
      await prisma.$disconnect();
      await locks.end();
      await sql.end();
    },
  };
}
