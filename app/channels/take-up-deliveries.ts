import type { AppContext } from "~/context";
import { priorityOf } from "~/jobs/priority";
import { queueTo } from "./deliver";

/** Minutes after which a delivery that nothing moves was forgotten: longer than any job takes. */
const forgottenAfter = 20;
/** In one minute; the rest is taken up in the next. */
const atOnce = 1_000;

/**
 * What is on its way out although its job is gone, such as by a queue that was restored from a backup: each minute. Where
 * nobody knows whether a part went out, the provider has been asked and staff were told: that is left to them.
 */
export async function takeUpDeliveries(app: AppContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - forgottenAfter * 60_000);
  await app.db.prisma.$executeRaw`
    WITH forgotten AS MATERIALIZED (
      SELECT d."shopId", d."messageId", d."endpointId", min(d."queuedAt") AS "queuedAt"
        FROM "delivery" d JOIN "shop" s ON s."id" = d."shopId" AND s."uninstalledAt" IS NULL
       WHERE d."state" IN ('queued', 'sending') AND greatest(d."queuedAt", d."notBefore", d."sendingAt") < ${before}::timestamptz
         AND NOT EXISTS (SELECT 1 FROM "delivery" u
                          WHERE u."shopId" = d."shopId" AND u."messageId" = d."messageId" AND u."state" = 'unclear')
       GROUP BY d."shopId", d."messageId", d."endpointId"
       ORDER BY min(d."queuedAt"), d."messageId" LIMIT ${atOnce})
    SELECT count(graphile_worker.add_job('deliver-message', json_build_object('shopId', f."shopId", 'messageId', f."messageId"),
             queue_name := ${queueTo("")}::text || f."endpointId", max_attempts := 12, priority := ${priorityOf("deliver-message")}::int))
      FROM (SELECT * FROM forgotten ORDER BY "queuedAt", "messageId") f
     WHERE NOT EXISTS (
       SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'deliver-message' AND j.payload->>'messageId' = f."messageId"::text AND j.attempts < j.max_attempts)`;
}
