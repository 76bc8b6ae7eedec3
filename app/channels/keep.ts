import type { Pool } from "pg";
import type { AppContext } from "~/context";
import { priorityOf } from "~/jobs/priority";
import { gatherPer } from "~/platform/gather";
import { newId } from "~/platform/ids";

/** What a provider sent of one account, proven to be the provider's. */
export interface Arrived {
  /** The account: as the provider names it, or by our own id where the door's address has it. */
  account: { kind: string; externalId: string } | { shopId: string; id: string };
  /** The provider's id of it, or a hash of its bytes: a second arrival is the same. Never empty. */
  key: string;
  body: Uint8Array;
  meta?: Record<string, unknown>;
}

/** `unknown`: no shop has this account connected; nothing was kept. `paused` ones are kept and read all the same. */
export type Kept = "kept" | "repeated" | "unknown";

/**
 * Keeps what a provider sent and asks for it to be read, in one statement; the door then says yes to the provider at
 * once. What arrives at the same moment shares the statement. Answers in the order given; throws when the database is
 * away, and the door then lets the provider try again.
 */
export async function keepInbound(app: AppContext, arrived: readonly Arrived[]): Promise<Kept[]> {
  const receivedAt = app.clock.now();
  if (arrived.length === 0) return [];
  return keep(
    app.db.sql,
    arrived.map((one) => ({ ...one, id: newId(receivedAt), receivedAt })),
  );
}

type Waiting = Arrived & { id: string; receivedAt: Date };

/** Bytes of one statement: a mail may have 25 MB, and the statement holds twice as much once more. */
const mostBytes = 32 * 1024 * 1024;

/** What came together stays together, so that it is in order. */
const keep = gatherPer<Pool, Waiting[], Kept[]>(keepAll, {
  most: 100,
  weight: { of: (together) => together.reduce((bytes, { body }) => bytes + body.byteLength, 0), most: mostBytes },
  atOnce: 2,
  // What one of them holds (SQLSTATE classes 22 and 23), or a deadlock (40), which one alone does not meet.
  isOnes: (error) => /^(22|23|40)/.test(String((error as { code?: unknown }).code ?? "")),
});

/** One job reads what waits of an account, in order. Its key makes sure of one that begins after this is committed. */
const statement = `
  WITH given AS MATERIALIZED (
    SELECT g.*, a."shopId" AS "ofShop", a."id" AS "ofAccount"
      FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::bytea[], $10::jsonb[])
        AS g("place", "id", "shopId", "accountId", "kind", "externalId", "key", "receivedAt", "body", "meta")
      LEFT JOIN "channel_account" a ON a."state" <> 'disconnected' AND (
             (g."accountId" IS NOT NULL AND a."shopId" = g."shopId" AND a."id" = g."accountId")
          OR (g."accountId" IS NULL AND a."kind" = g."kind" AND a."externalId" = g."externalId"))
  ), kept AS (
    INSERT INTO "inbound" ("shopId", "id", "accountId", "key", "receivedAt", "body", "meta")
    SELECT "ofShop", "id", "ofAccount", "key", "receivedAt", "body", "meta" FROM given WHERE "ofAccount" IS NOT NULL
     -- In the order of arrival, which "number" keeps; two that wait for each other are tried one by one.
     ORDER BY "place"
        ON CONFLICT DO NOTHING RETURNING "shopId", "accountId", "id"
  ), jobs AS (
    SELECT count(*) AS "added" FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW('read-inbound', json_build_object('shopId', "shopId", 'accountId', "accountId"), NULL, NULL, 12,
                 'inbound of ' || "accountId", ${priorityOf("read-inbound")}, NULL)::graphile_worker.job_spec
        FROM kept GROUP BY "shopId", "accountId" ORDER BY "accountId"))
  )
  SELECT g."place", CASE WHEN g."ofAccount" IS NULL THEN 'unknown' WHEN k."id" IS NULL THEN 'repeated' ELSE 'kept' END AS "kept",
         (SELECT "added" FROM jobs)
    FROM given g LEFT JOIN kept k ON k."id" = g."id"`;

async function keepAll(sql: Pool, together: Waiting[][]): Promise<Kept[][]> {
  const waiting = together.flat();
  const { rows } = await sql.query<{ place: number; kept: Kept }>({
    name: "keep-inbound",
    text: statement,
    values: [
      waiting.map((_, place) => place),
      waiting.map((one) => one.id),
      waiting.map(({ account }) => ("id" in account ? account.shopId : null)),
      waiting.map(({ account }) => ("id" in account ? account.id : null)),
      waiting.map(({ account }) => ("id" in account ? null : account.kind)),
      waiting.map(({ account }) => ("id" in account ? null : account.externalId)),
      waiting.map((one) => one.key),
      waiting.map((one) => one.receivedAt),
      waiting.map((one) => Buffer.from(one.body.buffer, one.body.byteOffset, one.body.byteLength)),
      waiting.map((one) => JSON.stringify(one.meta ?? {})),
    ],
  });
  const said = new Map(rows.map((row) => [row.place, row.kept]));
  let place = 0;
  return together.map((each) => each.map(() => said.get(place++) ?? "unknown"));
}
