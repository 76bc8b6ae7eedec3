import { once } from "node:events";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** What a column of a COPY takes: texts, numbers, times, lists of texts, JSON (as a text), or nothing. */
export type Cell = string | number | boolean | Date | readonly string[] | null;

/**
 * Writes new rows into a table by COPY, the fastest way in: no statement is planned and no value is a parameter. Fails as a whole, like
 * any statement, when one of the rows is there already. `columns` are quoted as they are.
 * https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
 */
export async function copyInto(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map((name) => `"${name}"`).join(", ");
  const stream = client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`));
  const finished = once(stream, "finish");
  stream.end(copyText(rows));
  await finished;
}

/** Rows in COPY's text format. */
export function copyText(rows: readonly (readonly Cell[])[]): string {
  let text = "";
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 1) {
      if (at > 0) text += "\t";
      text += cellText(row[at] ?? null);
    }
    text += "\n";
  }
  return text;
}

function cellText(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "string") return escaped(cell);
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "t" : "f";
  if (cell instanceof Date) return cell.toISOString();
  return escaped(arrayText(cell));
}

function arrayText(items: readonly string[]): string {
  return items.length === 0 ? "{}" : `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

const special = /[\\\n\r\t]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => escapes[sign] ?? sign) : text;
}
