import type { ClientBase, Pool } from "pg";
import type { Transaction } from "~/db.server";

/** Where entries are written: the transaction that makes them true, of either way to the database. */
export type Teller = Transaction | Pool | ClientBase;

/** Runs a statement on either way to the database; answers how many rows it touched. */
export async function run(tx: Teller, text: string, values: unknown[]): Promise<number> {
  if ("$executeRawUnsafe" in tx) return tx.$executeRawUnsafe(text, ...values);
  return (await tx.query(text, values)).rowCount ?? 0;
}
