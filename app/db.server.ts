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
  close(): Promise<void>;
}

/** What a verb gets inside `prisma.$transaction`. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** Opens pools to the database at `url`; `connections` is the most of each pool. */
export function openDatabase(url: string, connections: number): Database {
  const sql = new pg.Pool({ connectionString: url, max: connections });
  // Without listeners, a connection that the server ends would end the process.
  sql.on("error", () => undefined);
  sql.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections }, { onPoolError: () => undefined }),
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
  return {
    prisma,
    sql,
    async close() {
      await prisma.$disconnect();
      await sql.end();
    },
  };
}
