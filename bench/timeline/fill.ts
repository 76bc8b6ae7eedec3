import pg from "pg";
import { newId } from "~/platform/ids";
import { subjectOf } from "~/timeline/subject";

export interface Filled {
  shopId: string;
  customerId: string;
  /** Whose stories the customer's is made of. */
  subjectIds: string[];
}

/** How much of the story each subject holds, of ten: the customer row, two browsers, the Shopify customer. */
const shares = [3, 4, 1, 2];

/**
 * A shop with so many entries over three years, of which `own` are one customer's and the others of people with a
 * hundred each. They are written in the order in which they happened, as in life: what one person did lies far apart.
 * The customer's are, of twenty, ten page views, two changes of carts, three messages from either side, and orders,
 * payments, deliveries and what the team did.
 */
export async function fill(url: string, entries: number, own: number): Promise<Filled> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const run = (text: string, ...values: unknown[]) => client.query(text, values);
  const [shopId, staffId, customerId, chatId] = [newId(), newId(), newId(), newId()];
  const browsers = [newId(), newId()];
  const gid = "gid://shopify/Customer/1";
  const subjectIds = [customerId, ...browsers, subjectOf(shopId, gid)];
  try {
    await run(`SET session_replication_role = replica`);
    await run(`SET synchronous_commit = off`);
    await run(`SET maintenance_work_mem = '256MB'`);
    await run(
      `INSERT INTO "shop" ("id", "domain", "name", "currency", "installedAt") VALUES ($1, $2, 'Bench', 'EUR', now())`,
      shopId,
      `${shopId.slice(-12)}.myshopify.com`,
    );
    await run(
      `INSERT INTO "staff" ("shopId", "id", "shopifyUserId", "name", "createdAt") VALUES ($1, $2, '1', 'Reader', now())`,
      shopId,
      staffId,
    );
    // As many people as the other entries have, so that finding one of them is work of the same kind.
    await run(
      `INSERT INTO "customer" ("shopId", "id", "createdAt", "updatedAt")
       SELECT $1, gen_random_uuid(), now(), now() FROM generate_series(1, $2::bigint)`,
      shopId,
      Math.ceil(entries / 100),
    );
    await run(
      `INSERT INTO "customer" ("shopId", "id", "shopifyCustomerId", "name", "createdAt", "updatedAt") VALUES ($1, $2, $3, 'Ada', now(), now())`,
      shopId,
      customerId,
      gid,
    );
    for (const id of browsers) {
      await run(
        `INSERT INTO "visitor" ("shopId", "id", "customerId", "keyHash", "firstSeenAt", "lastSeenAt") VALUES ($1, $2, $3, $4, now(), now())`,
        shopId,
        id,
        customerId,
        id,
      );
    }
    await run(
      `INSERT INTO "conversation" ("shopId", "id", "customerId", "visitorId", "channel", "status", "lastMessageAt", "openedAt")
       VALUES ($1, $2, $3, $4, 'chat', 'open', now(), now())`,
      shopId,
      chatId,
      customerId,
      browsers[0],
    );
    await run(`ALTER TABLE "timeline_entry" DROP CONSTRAINT "timeline_entry_pkey"`);
    await run(
      `INSERT INTO "timeline_entry" ("shopId", "subjectId", "at", "id", "kind", "ref", "data")
       SELECT $1, CASE WHEN mine THEN ($2::uuid[])[whose] ELSE md5('person' || n % $5::bigint)::uuid END,
              now() - ($3::bigint - n) * (interval '1095 days' / $3::int), md5('entry' || n)::uuid, kind,
              CASE WHEN kind IN ('message.received', 'message.sent', 'conversation.assigned') THEN $6 ELSE 'gid://shopify/Order/' || n END,
              CASE kind WHEN 'page.viewed' THEN jsonb_build_object('path', '/products/' || n % 300, 'title', 'Wool scarf number ' || n % 300)
                        WHEN 'cart.changed' THEN jsonb_build_object('total', 4990, 'currency', 'EUR', 'itemCount', 2)
                        WHEN 'message.received' THEN '{}'::jsonb
                        WHEN 'message.sent' THEN jsonb_build_object('staffId', $7::text)
                        WHEN 'conversation.assigned' THEN jsonb_build_object('staffId', $7::text, 'toStaffId', $7::text)
                        ELSE jsonb_build_object('name', '#' || n, 'orderId', 'gid://shopify/Order/' || n, 'total', 4990, 'currency', 'EUR', 'itemCount', 2, 'titles', jsonb_build_array('Wool scarf'), 'step', 'paid', 'gateway', null)
              END
         FROM (SELECT n, n % ($3::bigint / $4::bigint) = 0 AS mine,
                      CASE WHEN n / ($3::bigint / $4::bigint) % 10 < ${shares[0]} THEN 1 WHEN n / ($3::bigint / $4::bigint) % 10 < ${(shares[0] ?? 0) + (shares[1] ?? 0)} THEN 2
                           WHEN n / ($3::bigint / $4::bigint) % 10 < ${10 - (shares[3] ?? 0)} THEN 3 ELSE 4 END AS whose,
                      (ARRAY['page.viewed', 'page.viewed', 'page.viewed', 'cart.changed', 'message.received', 'page.viewed', 'page.viewed',
                             'message.sent', 'message.received', 'conversation.assigned', 'page.viewed', 'page.viewed', 'cart.changed', 'order.placed',
                             'order.payment', 'page.viewed', 'page.viewed', 'message.received', 'page.viewed', 'message.sent'])[1 + n / ($3::bigint / $4::bigint) % 20] AS kind
                 FROM generate_series(1, $3::bigint) n) x`,
      shopId,
      subjectIds,
      entries,
      own,
      Math.ceil(entries / 100),
      chatId,
      staffId,
    );
    await run(
      `ALTER TABLE "timeline_entry" ADD CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("shopId", "subjectId", "at", "id")`,
    );
    await run(
      `INSERT INTO "message" ("shopId", "id", "conversationId", "position", "author", "staffId", "channel", "text", "clientKey", "at")
       SELECT $1, t."id", $2, row_number() OVER (ORDER BY t."at"), CASE t."kind" WHEN 'message.sent' THEN 'staff' ELSE 'shopper' END,
              CASE t."kind" WHEN 'message.sent' THEN $3::uuid END, 'chat', 'Is the jacket in stock in size M?', t."id"::text, t."at"
         FROM "timeline_entry" t
        WHERE t."shopId" = $1 AND t."subjectId" = ANY ($4::uuid[]) AND t."kind" IN ('message.received', 'message.sent')`,
      shopId,
      chatId,
      staffId,
      subjectIds,
    );
    await client.query("VACUUM ANALYZE");
    return { shopId, customerId, subjectIds };
  } finally {
    await client.end();
  }
}
