import pg from "pg";
import { newId } from "~/platform/ids";

/**
 * A shop with so many people who have each proven an address, `person<n>@example.com`, and as many customers of Shopify's
 * who never wrote, `buyer<n>@example.com`. Gives the shop's id.
 */
export async function fillPeople(url: string, people: number): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const shopId = newId();
  const run = (text: string, ...values: unknown[]) => client.query(text, values);
  try {
    await run(`SET session_replication_role = replica`);
    await run(`SET synchronous_commit = off`);
    await run(
      `INSERT INTO "shop" ("id", "domain", "name", "currency", "countryCode", "installedAt")
       VALUES ($1, 'bench.myshopify.com', 'Bench', 'EUR', 'DK', now())`,
      shopId,
    );
    await run(
      `INSERT INTO "customer" ("shopId", "id", "email", "createdAt", "updatedAt")
       SELECT $1, md5('customer' || n)::uuid, 'person' || n || '@example.com', now(), now()
         FROM generate_series(1, $2::bigint) n`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "identity" ("shopId", "id", "customerId", "kind", "value", "grade", "proof", "firstSeenAt", "lastSeenAt")
       SELECT $1, md5('identity' || n)::uuid, md5('customer' || n)::uuid, 'email', 'person' || n || '@example.com',
              'emailed-code', 'confirmed a code sent to this address', now(), now() FROM generate_series(1, $2::bigint) n`,
      shopId,
      people,
    );
    await run(
      `INSERT INTO "shopify_customer" ("shopId", "id", "firstName", "email", "emailKey", "tags", "state", "emailVerified",
              "orderCount", "spent", "currency", "words", "createdAt", "updatedAt", "toldAt")
       SELECT $1, 'gid://shopify/Customer/' || n, 'Buyer ' || n, 'buyer' || n || '@example.com', 'buyer' || n || '@example.com',
              '{}', 'enabled', true, 1, 100, 'EUR', 'buyer ' || n, now(), now(), now() FROM generate_series(1, $2::bigint) n`,
      shopId,
      people,
    );
    await client.query("VACUUM ANALYZE");
    return shopId;
  } finally {
    await client.end();
  }
}
