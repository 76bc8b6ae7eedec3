import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { defineConfig } from "prisma/config";

// Without an address `prisma generate`, which needs none, cannot read the schema and falls back to fetching an engine.
process.env.DATABASE_URL ??= "postgresql://database-url-is-not-set:5432/none";

/**
 * Prisma without native engines, so nothing is downloaded at install. The schema engine reads columns of the
 * types `name` (19) and `"char"` (18), which the adapter does not know: they are told to it as text (25).
 */
class CatalogueClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter };
    connection.prependListener("rowDescription", (message: { fields: { dataTypeID: number }[] }) => {
      for (const field of message.fields) if (field.dataTypeID === 18 || field.dataTypeID === 19) field.dataTypeID = 25;
    });
  }
}

export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
  engine: "js",
  experimental: { adapter: true },
  async adapter() {
    const pool = new pg.Pool({
      connectionString: process.env.DATABASE_URL,
      Client: CatalogueClient as unknown as typeof pg.Client & pg.ClientBase,
      max: 2,
      idleTimeoutMillis: 500,
    });
    return new PrismaPg(pool);
  },
});
