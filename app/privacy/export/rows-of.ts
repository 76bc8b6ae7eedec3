import { Prisma } from "@prisma/client";
import type { Context } from "~/context";
import type { Scope } from "../scope";
import type { PersonTable } from "../tables/table";

/** A row as it stands in the file: values of JSON, times as ISO 8601 with their zone. */
export type ExportedRow = Record<string, unknown>;

const atOnce = 500;

/** The person's rows of a table, in portions, without what is not theirs to see. */
export async function* rowsOf(ctx: Context, rule: PersonTable, scope: Scope): AsyncGenerator<ExportedRow> {
  const { prisma } = ctx.db;
  const columns = await prisma.$queryRaw<{ name: string }[]>`
    SELECT column_name::text AS "name" FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ${rule.table} ORDER BY ordinal_position`;
  const shown = columns.map(({ name }) => name).filter((name) => !rule.notShown?.includes(name));
  const also = rule.shown ? Prisma.sql`AND ${rule.shown(scope)}` : Prisma.empty;
  const list = Prisma.raw(shown.map((name) => `"${name}"`).join(", "));
  const table = Prisma.raw(`"${rule.table}"`);
  const order = Prisma.raw(rule.order ? `"${rule.order}", tableoid, ctid` : "tableoid, ctid");
  for (let skip = 0; ; skip += atOnce) {
    const rows = await prisma.$queryRaw<{ row: ExportedRow }[]>`
      SELECT row_to_json(s) AS "row" FROM (
        SELECT ${list} FROM ${table} WHERE "shopId" = ${scope.shopId}::uuid AND ${rule.rows(scope)} ${also}
         ORDER BY ${order} LIMIT ${atOnce} OFFSET ${skip}) AS s`;
    for (const { row } of rows) yield row;
    if (rows.length < atOnce) return;
  }
}
