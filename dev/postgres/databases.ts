import pg from "pg";

/** Still starting, shutting down, or not listening yet. */
const NOT_YET = new Set(["57P03", "ECONNREFUSED", "ECONNRESET"]);

/**
 * Whether the server at `url` takes queries yet. With `database`, that database is there afterwards.
 * Any other error than "not yet" is thrown.
 */
export async function answers(url: string, database?: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  // A server that stops while we ask is an answer, not a crash of ours.
  client.on("error", () => {});
  try {
    await client.connect();
    if (database !== undefined) await createDatabase(client, database);
    return true;
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (NOT_YET.has(code ?? "") || /Connection terminated/i.test(message ?? "")) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
}

/** Runs statements that take no parameters (CREATE DATABASE and the like) on a connection of their own. */
export async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same server's URL with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}
