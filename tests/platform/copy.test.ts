import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "~/db.server";
import { copyInto } from "~/platform/copy";
import { testDatabase } from "../support/database";

let db: Database;

beforeAll(async () => {
  db = await testDatabase();
  await db.sql.query(
    `CREATE TABLE "copied" ("id" int PRIMARY KEY, "text" text, "list" text[], "json" jsonb, "at" timestamptz, "yes" bool)`,
  );
});

const text = fc
  .string({
    unit: fc.constantFrom("\\", "\n", "\r", "\t", '"', "'", "{", "}", ",", "N", ".", " ", "ä", "🧥"),
    maxLength: 12,
  })
  .filter((one) => one.isWellFormed());

describe("COPY", () => {
  it("brings every text, list, JSON, time and nothing as it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            text: fc.option(text),
            list: fc.array(text, { maxLength: 3 }),
            json: fc.dictionary(text, text),
            at: fc.option(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })),
            yes: fc.boolean(),
          }),
          { maxLength: 8 },
        ),
        async (rows) => {
          const client = await db.sql.connect();
          try {
            await client.query(`TRUNCATE "copied"`);
            await copyInto(
              client,
              "copied",
              ["id", "text", "list", "json", "at", "yes"],
              rows.map((row, id) => [id, row.text, row.list, JSON.stringify(row.json), row.at, row.yes]),
            );
            const { rows: found } = await client.query(
              `SELECT "text", "list", "json", "at", "yes" FROM "copied" ORDER BY "id"`,
            );
            expect(found).toEqual(rows.map((row) => ({ ...row, json: { ...row.json } })));
          } finally {
            client.release();
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("fails as a whole when a row is there already, and leaves the connection usable", async () => {
    const client = await db.sql.connect();
    try {
      await client.query(`TRUNCATE "copied"`);
      await copyInto(client, "copied", ["id"], [[1]]);
      await expect(copyInto(client, "copied", ["id"], [[2], [1]])).rejects.toMatchObject({ code: "23505" });
      const { rows } = await client.query(`SELECT "id" FROM "copied"`);
      expect(rows).toEqual([{ id: 1 }]);
    } finally {
      client.release();
    }
  });
});
