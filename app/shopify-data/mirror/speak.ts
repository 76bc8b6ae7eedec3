import type { ClientBase, QueryResultRow } from "pg";
import type { Transaction } from "~/db.server";

/** The transaction that something is kept in, of either way to the database. */
export type Keeper = Transaction | ClientBase;

/** Runs a statement on either way to the database; answers its rows. */
export async function rowsOf<Row extends QueryResultRow>(
  tx: Keeper,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  if ("$queryRawUnsafe" in tx) return tx.$queryRawUnsafe<Row[]>(text, ...values);
  return (await tx.query<Row>(text, [...values])).rows;
}

/** Whether it is a client of `pg`, which can COPY. */
export function isClient(tx: Keeper): tx is ClientBase {
  return !("$queryRawUnsafe" in tx);
}
