import pg from "pg";
import { newId } from "~/platform/ids";

export interface Filled {
  shopId: string;
  /** The member of staff who looks. */
  staffId: string;
}

/**
 * A shop with so many conversations over the last year: two of each person, three messages each, the facts that go with
 * them, a cart for every fifth browser. Of the conversations 40% are open (a third each unassigned, the reader's and a
 * colleague's), 12% snoozed, 48% closed: at ten thousand every list is already longer than a count goes, so that both
 * sizes do the same work. Triggers are off while it is written; the data is whole all the same.
 */
export async function fill(url: string, conversations: number): Promise<Filled> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const shopId = newId();
  const [staffId, colleagueId] = [newId(), newId()];
  const run = (text: string, ...values: unknown[]) => client.query(text, values);
  try {
    await run(`SET session_replication_role = replica`);
    await run(`SET synchronous_commit = off`);
    await run(
      `INSERT INTO "shop" ("id", "domain", "name", "currency", "installedAt") VALUES ($1, $2, 'Bench', 'EUR', now())`,
      shopId,
      `${shopId.slice(-12)}.myshopify.com`,
    );
    await run(
      `INSERT INTO "staff" ("shopId", "id", "shopifyUserId", "name", "createdAt")
       VALUES ($1, $2, '1', 'Reader', now()), ($1, $3, '2', 'Colleague', now())`,
      shopId,
      staffId,
      colleagueId,
    );
    // Ids are made of the number, so that rows find each other without being read. As the app's own (version 7), they
    // begin with the time: what is of one time stands together.
    await run(
      `CREATE FUNCTION pg_temp.of(kind text, n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
       'SELECT (lpad(to_hex(2000000000 - n), 8, ''0'') || substr(md5(kind), 1, 24))::uuid'`,
    );
    const indexes = await dropIndexes(client);
    const people = Math.ceil(conversations / 2);
    await run(
      `INSERT INTO "customer" ("shopId", "id", "name", "email", "createdAt", "updatedAt")
       SELECT $1, pg_temp.of('customer', n), 'Person ' || n, 'person' || n || '@example.com', now(), now()
         FROM generate_series(1, $2::bigint) n`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "identity" ("shopId", "id", "customerId", "kind", "value", "grade", "proof", "firstSeenAt", "lastSeenAt")
       SELECT $1, pg_temp.of('identity', n), pg_temp.of('customer', n), 'email', 'person' || n || '@example.com', 'claimed',
              'typed in the chat', now(), now() FROM generate_series(1, $2::bigint) n`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "visitor" ("shopId", "id", "customerId", "keyHash", "firstSeenAt", "lastSeenAt")
       SELECT $1, pg_temp.of('visitor', n), pg_temp.of('customer', n), md5('key' || n), now(), now()
         FROM generate_series(1, $2::bigint) n`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "cart" ("shopId", "id", "visitorId", "currency", "total", "itemCount", "lines", "status", "source", "snapshotAt", "createdAt", "changedAt")
       SELECT $1, pg_temp.of('cart', n), pg_temp.of('visitor', n), 'EUR', 4990, 2, '[]', 'active', 'storefront', now(), now(), now()
         FROM generate_series(5, $2::bigint, 5) n`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "page_view" ("shopId", "id", "at", "visitorId", "path", "title")
       SELECT $1, pg_temp.of('view' || v, n), now() - v * interval '1 minute', pg_temp.of('visitor', n), '/products/' || v, 'Product ' || v
         FROM generate_series(1, $2::bigint) n, generate_series(1, 2) v`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "conversation" ("shopId", "id", "customerId", "visitorId", "channel", "status", "assigneeId", "position",
              "lastMessageAt", "lastMessageText", "lastMessageFrom", "waitingSince", "snoozedUntil", "openedAt", "closedAt")
       SELECT $1, pg_temp.of('conversation', n), pg_temp.of('customer', 1 + n % $5), pg_temp.of('visitor', 1 + n % $5), 'chat',
              status, CASE n / 25 % 3 WHEN 0 THEN NULL WHEN 1 THEN $2::uuid ELSE $3::uuid END, 3, at, 'And in blue?', 'shopper',
              CASE WHEN status = 'open' THEN at END, CASE WHEN status = 'snoozed' THEN now() + interval '1 day' END,
              at - interval '5 minutes', CASE WHEN status = 'closed' THEN at END
         FROM (SELECT n, now() - n * (interval '365 days' / $4::int) AS at,
                      CASE WHEN n % 25 < 10 THEN 'open' WHEN n % 25 < 13 THEN 'snoozed' ELSE 'closed' END AS status
                 FROM generate_series(1, $4::bigint) n) x`,
      shopId,
      staffId,
      colleagueId,
      conversations,
      people,
    );
    await run(
      `INSERT INTO "message" ("shopId", "id", "conversationId", "position", "author", "staffId", "channel", "text", "clientKey", "at")
       SELECT $1, pg_temp.of('message' || p, n), pg_temp.of('conversation', n), p,
              CASE p WHEN 2 THEN 'staff' ELSE 'shopper' END, CASE p WHEN 2 THEN $2::uuid END, 'chat',
              CASE p WHEN 1 THEN 'Is the jacket in stock in size M?' WHEN 2 THEN 'Yes, three are left.' ELSE 'And in blue?' END,
              pg_temp.of('key' || p, n)::text, now() - n * (interval '365 days' / $3::int) - (3 - p) * interval '1 minute'
         FROM generate_series(1, $3::bigint) n, generate_series(1, 3) p`,
      shopId,
      staffId,
      conversations,
    );
    await run(
      `INSERT INTO "event" ("shopId", "at", "kind", "actor", "conversationId", "customerId", "visitorId", "position", "data")
       SELECT $1, now() - n * (interval '365 days' / $2::int) - (3 - p) * interval '1 minute',
              CASE p WHEN 2 THEN 'message.sent' ELSE 'message.received' END, CASE p WHEN 2 THEN 'staff' ELSE 'shopper' END,
              pg_temp.of('conversation', n), pg_temp.of('customer', 1 + n % $3), pg_temp.of('visitor', 1 + n % $3), p,
              jsonb_build_object('messageId', pg_temp.of('message' || p, n))
         FROM generate_series(1, $2::bigint) n, generate_series(1, 3) p`,
      shopId,
      conversations,
      people,
    );
    await run(
      `INSERT INTO "conversation_read" ("shopId", "conversationId", "staffId", "position")
       SELECT $1, pg_temp.of('conversation', n), $2, CASE n % 4 WHEN 0 THEN 3 ELSE 2 END FROM generate_series(2, $3::bigint, 2) n`,
      shopId,
      staffId,
      conversations,
    );
    for (const index of indexes) await client.query(index);
    await client.query("VACUUM ANALYZE");
    return { shopId, staffId };
  } finally {
    await client.end();
  }
}

/** Takes away the indexes of the large tables, and says how to make them again: once is faster than row by row. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const found = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
      WHERE t.relname = ANY ($1) AND NOT i.indisprimary`,
    [["conversation", "message", "event", "customer", "identity", "visitor", "cart", "page_view"]],
  );
  for (const { name } of found.rows) await client.query(`DROP INDEX ${name}`);
  // On a partitioned table the definition says ONLY, which would leave its partitions without one.
  return found.rows.map((row) => row.definition.replace(" ON ONLY ", " ON "));
}
