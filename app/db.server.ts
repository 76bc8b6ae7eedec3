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
  /**
   * Connections that hold locks while something else is waited for (see `platform/lock.ts`), and those that change the
   * tables themselves. They have no limit on a statement.
   */
  locks: pg.Pool;
  /** The job queue's own: it gives up when it cannot write down that a job is done, so it waits as long as it takes. */
  jobs: pg.Pool;
  close(): Promise<void>;
}

/** What a verb gets inside `prisma.$transaction`. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** Locks that one process holds at once; whoever finds none free for so many milliseconds fails instead of hanging. */
const mostLocks = 8;
const lockWithin = 10_000;
/** One a job under way, one that listens, and one for the timetable. */
const mostForJobs = 6;

/**
 * What ordinary work waits for at most, in milliseconds, so that a table that somebody holds makes requests and `/readyz`
 * fail instead of hang. What may take longer says so in its own transaction (`SET LOCAL`), or uses `locks`.
 */
const patience = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;

/** Opens pools to the database at `url`; `connections` is the most of each of the two pools for work. */
export function openDatabase(url: string, connections: number): Database {
  const sql = new pg.Pool({ connectionString: url, max: connections, ...patience });
  const locks = new pg.Pool({ connectionString: url, max: mostLocks, connectionTimeoutMillis: lockWithin });
  const jobs = new pg.Pool({ connectionString: url, max: mostForJobs });
  // Without listeners, a connection that the server ends would end the process.
  for (const pool of [sql, locks, jobs]) {
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections, ...patience }, { onPoolError: () => undefined }),
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
  return {
    prisma,
    sql,
    locks,
    jobs,
    async close() {
      await prisma.$disconnect();
      await jobs.end();
      await locks.end();
      await sql.end();
    },
  };
}
