import type { Pool } from "pg";
import type { AppContext } from "~/context";
import { priorityOf } from "~/jobs/priority";
import { gatherPer } from "~/platform/gather";
import { log } from "~/platform/log";
import { isHandledTogether } from "./together";
import type { Delivery } from "./verify";

export type Received = "kept" | "repeated" | "unknown-shop";

/**
 * Keeps a proven webhook under its id and asks for it to be handled, in one statement; the caller answers 200 at once.
 * A second delivery of the same id is dropped here. One for a shop that we do not know is dropped too: there is nothing
 * of that shop to change. Webhooks that come at the same moment share the statement.
 */
export async function receive(app: AppContext, delivery: Delivery): Promise<Received> {
  const received = await keep(app.db.sql, { ...delivery, receivedAt: app.clock.now() });
  if (received === "unknown-shop") {
    log.info({ shop: delivery.shopDomain, topic: delivery.topic }, "a webhook of a shop that is not known");
  }
  return received;
}

type Arrived = Delivery & { receivedAt: Date };

const keep = gatherPer<Pool, Arrived, Received>(keepAll, {
  most: 200,
  atOnce: 2,
  // What one of them holds (SQLSTATE classes 22 and 23), or a deadlock (40), which one alone does not meet.
  isOnes: (error) => /^(22|23|40)/.test(String((error as { code?: unknown }).code ?? "")),
});

/**
 * The jobs are added by the worker's own function. Those of one shop that are handled together have one job, whose key
 * makes sure of one that starts after this statement is committed: a job under way gives its key up.
 */
const statement = `
  WITH given AS MATERIALIZED (
    SELECT g.*, s."id" IS NOT NULL AS "known"
      FROM jsonb_to_recordset($1::jsonb) AS g("place" int, "shopDomain" text, "webhookId" text, "eventId" text, "topic" text,
           "triggeredAt" timestamptz, "receivedAt" timestamptz, "together" bool, "payload" jsonb)
      LEFT JOIN "shop" s ON s."domain" = g."shopDomain"
  ), kept AS (
    INSERT INTO "webhook_delivery" ("shopDomain", "webhookId", "eventId", "topic", "triggeredAt", "receivedAt", "payload", "together")
    SELECT "shopDomain", "webhookId", "eventId", "topic", "triggeredAt", "receivedAt", "payload", "together"
      FROM given WHERE "known" ORDER BY "shopDomain", "webhookId"
        ON CONFLICT DO NOTHING RETURNING "shopDomain", "webhookId", "together"
  ), specs AS (
    SELECT 'handle-webhook' AS "name", json_build_object('shopDomain', "shopDomain", 'webhookId', "webhookId") AS "payload", NULL AS "key",
           ${priorityOf("handle-webhook")} AS "priority"
      FROM kept WHERE NOT "together"
    UNION ALL
    SELECT 'handle-webhooks', json_build_object('shopDomain', "shopDomain"), 'webhooks of ' || "shopDomain", ${priorityOf("handle-webhooks")}
      FROM kept WHERE "together" GROUP BY "shopDomain"
  ), jobs AS (
    SELECT count(*) AS "added" FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW("name", "payload", NULL, NULL, 12, "key", "priority", NULL)::graphile_worker.job_spec FROM specs ORDER BY "key"))
  )
  SELECT g."place", CASE WHEN NOT g."known" THEN 'unknown-shop' WHEN k."webhookId" IS NULL THEN 'repeated' ELSE 'kept' END AS "received",
         (SELECT "added" FROM jobs)
    FROM given g LEFT JOIN kept k USING ("shopDomain", "webhookId")`;

async function keepAll(sql: Pool, arrived: Arrived[]): Promise<Received[]> {
  const { rows } = await sql.query<{ place: number; received: Received }>({
    name: "keep-webhooks",
    text: statement,
    values: [`[${arrived.map(asJson).join(",")}]`],
  });
  const said = new Map(rows.map((row) => [row.place, row.received]));
  return arrived.map((_, place) => said.get(place) ?? "repeated");
}

/** The payload is JSON already: it is not written as a text within a text, which would cost more than all the rest. */
function asJson({ payload, ...rest }: Arrived, place: number): string {
  const head = JSON.stringify({ ...rest, place, together: isHandledTogether(rest.topic) });
  return `${head.slice(0, -1)},"payload":${payload}}`;
}
