import { type Cell, copyInto } from "~/platform/copy";
import { isClient, type Keeper, rowsOf } from "./speak";
import type { MirrorTable } from "./table";

/** A row that was written, and what stood there before; null for a new one. */
export interface Written<Row> {
  row: Row;
  before: Row | null;
}

export interface Outcome<Row> {
  written: Written<Row>[];
  unchanged: number;
  older: number;
}

/** Rows of one statement. */
export const atOnce = 1_000;

/**
 * Writes what Shopify told at `toldAt` into a table of the mirror, a statement a thousand rows. A row known from later, by Shopify's
 * `updatedAt` and then by `toldAt`, stays; one that says the same is not touched. Of two with one id the later counts. The caller
 * holds the kind (`hold`), so that nothing comes between the look and the write.
 */
export async function upsert<Row extends { id: string; updatedAt: Date }>(
  tx: Keeper,
  table: MirrorTable<Row>,
  shopId: string,
  rows: readonly Row[],
  toldAt: Date,
): Promise<Outcome<Row>> {
  const latest = new Map<string, Row>();
  let older = 0;
  for (const row of rows) {
    const other = latest.get(row.id);
    if (other) older += 1;
    if (!other || other.updatedAt.getTime() <= row.updatedAt.getTime()) latest.set(row.id, row);
  }
  // One order for everybody, so that two writers never wait for each other.
  const sorted = [...latest.values()].sort((one, two) => (one.id < two.id ? -1 : 1));
  const outcome: Outcome<Row> = { written: [], unchanged: 0, older };
  for (let from = 0; from < sorted.length; from += atOnce) {
    const some = sorted.slice(from, from + atOnce);
    const known = await copyNew(tx, table, shopId, some, toldAt, outcome);
    if (known.length > 0) await write(tx, table, shopId, known, toldAt, outcome);
  }
  return outcome;
}

/** Fewer rows than this are not worth the look at which of them are new. */
export const worthCopying = 50;

/** Copies the rows that are not known in any way, where there is a client to do it with; answers the others. */
async function copyNew<Row extends { id: string; updatedAt: Date }>(
  tx: Keeper,
  table: MirrorTable<Row>,
  shopId: string,
  rows: Row[],
  toldAt: Date,
  outcome: Outcome<Row>,
): Promise<Row[]> {
  if (!isClient(tx) || rows.length < worthCopying) return rows;
  const found = await rowsOf<{ id: string }>(
    tx,
    `SELECT "id" FROM "${table.name}" WHERE "shopId" = $1::uuid AND "id" = ANY($2::text[]) UNION ALL
     SELECT "id" FROM "shopify_gone" WHERE "shopId" = $1::uuid AND "id" = ANY($2::text[])`,
    [shopId, rows.map((row) => row.id)],
  );
  const known = new Set(found.map((one) => one.id));
  const fresh = known.size === 0 ? rows : rows.filter((row) => !known.has(row.id));
  const columns = Object.entries(table.columns) as [keyof Row & string, string][];
  await copyInto(
    tx,
    table.name,
    ["shopId", ...columns.map(([name]) => name), "toldAt"],
    fresh.map((row) => [
      shopId,
      ...columns.map(([name, type]) => (type === "jsonb" ? JSON.stringify(row[name]) : (row[name] as Cell))),
      toldAt,
    ]),
  );
  for (const row of fresh) outcome.written.push({ row, before: null });
  return known.size === 0 ? [] : rows.filter((row) => known.has(row.id));
}

interface Judged {
  id: string;
  verdict: "new" | "changed" | "unchanged" | "older";
  before: Record<string, unknown> | null;
  [column: string]: unknown;
}

async function write<Row extends { id: string; updatedAt: Date }>(
  tx: Keeper,
  table: MirrorTable<Row>,
  shopId: string,
  rows: Row[],
  toldAt: Date,
  outcome: Outcome<Row>,
): Promise<void> {
  const judged = await rowsOf<Judged>(tx, statementOf(table), [shopId, toldAt.toISOString(), JSON.stringify(rows)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { id, verdict, before } of judged) {
    const row = byId.get(id);
    if (!row) continue;
    if (verdict === "unchanged" || verdict === "older") outcome[verdict] += 1;
    else outcome.written.push({ row, before: before ? asRow(table, before) : null });
  }
}

const statements = new Map<string, string>();

/** Judges every row told against the one known, writes those that are new or differ, and answers the verdicts. */
function statementOf(table: { name: string; columns: object }): string {
  const known = statements.get(table.name);
  if (known) return known;
  const columns = Object.entries(table.columns as Record<string, string>);
  const names = columns.map(([name]) => `"${name}"`);
  const list = (prefix: string) => names.map((name) => `${prefix}.${name}`).join(", ");
  const text = `
    WITH told AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($3::jsonb) AS r(${columns.map(([name, type]) => `"${name}" ${type}`).join(", ")})
    ), judged AS MATERIALIZED (
      SELECT r.*,
             CASE WHEN g."id" IS NOT NULL THEN 'older'
                  WHEN t."id" IS NULL THEN 'new'
                  WHEN t."updatedAt" > r."updatedAt" THEN 'older'
                  WHEN t."deletedAt" IS NULL AND (${list("t")}) IS NOT DISTINCT FROM (${list("r")}) THEN 'unchanged'
                  WHEN t."updatedAt" = r."updatedAt" AND t."toldAt" > $2::timestamptz THEN 'older'
                  ELSE 'changed' END AS verdict
        FROM told r
        LEFT JOIN "${table.name}" t ON t."shopId" = $1::uuid AND t."id" = r."id"
        LEFT JOIN "shopify_gone" g ON g."shopId" = $1::uuid AND g."id" = r."id" AND g."at" >= $2::timestamptz
    ), kept AS (
      INSERT INTO "${table.name}" AS m ("shopId", ${names.join(", ")}, "toldAt")
      SELECT $1::uuid, ${list("j")}, $2::timestamptz FROM judged j WHERE j.verdict IN ('new', 'changed')
      ON CONFLICT ("shopId", "id") DO UPDATE
         SET ${names.map((name) => `${name} = EXCLUDED.${name}`).join(", ")}, "toldAt" = EXCLUDED."toldAt", "deletedAt" = NULL
    )
    SELECT j."id", j.verdict, CASE j.verdict WHEN 'changed' THEN to_jsonb(t) END AS before
      FROM judged j LEFT JOIN "${table.name}" t ON j.verdict = 'changed' AND t."shopId" = $1::uuid AND t."id" = j."id"`;
  statements.set(table.name, text);
  return text;
}

/** A row as JSON has it, with its times as times again. */
export function asRow<Row extends { id: string; updatedAt: Date }>(
  table: MirrorTable<Row>,
  json: Record<string, unknown>,
): Row {
  const row: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(table.columns)) {
    const value = json[name];
    row[name] = type === "timestamptz" && typeof value === "string" ? new Date(value) : value;
  }
  return row as Row;
}
