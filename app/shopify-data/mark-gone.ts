import type { ShopOfContext } from "~/context";
import type { Told } from "~/timeline/catalogue";
import { untell } from "~/timeline/untell";
import type { Kind } from "./kinds";
import { hold } from "./mirror/hold";
import { type Keeper, rowsOf } from "./mirror/speak";
import type { MirrorTable } from "./mirror/table";
import { checkoutTable, companyTable, customerTable, draftOrderTable, orderTable, productTable } from "./mirror/tables";
import { asRow } from "./mirror/upsert";
import { checkoutStory } from "./story/checkout-story";
import { draftOrderStory } from "./story/draft-order-story";
import { orderStory } from "./story/order-story";

/** Who they were goes at once: nothing needs it of a customer whom the shop has deleted. */
const withoutPerson = `, "firstName" = NULL, "lastName" = NULL, "email" = NULL, "emailKey" = NULL, "phone" = NULL,
  "phoneKey" = NULL, "tags" = '{}', "words" = ''`;

const gone: Record<Kind, { table: string; also: string; story: (row: Record<string, unknown>) => Told[] }> = {
  customers: { table: customerTable.name, also: withoutPerson, story: () => [] },
  orders: toldBy(orderTable, orderStory),
  "draft-orders": toldBy(draftOrderTable, draftOrderStory),
  checkouts: toldBy(checkoutTable, checkoutStory),
  products: { table: productTable.name, also: "", story: () => [] },
  companies: { table: companyTable.name, also: "", story: () => [] },
};

function toldBy<Row extends { id: string; updatedAt: Date }>(table: MirrorTable<Row>, story: (row: Row) => Told[]) {
  return { table: table.name, also: "", story: (row: Record<string, unknown>) => story(asRow(table, row)) };
}

/**
 * Marks what Shopify has no more, as of `at`, and takes its story back. What was asked before `at` and comes later does not
 * bring it back; what Shopify tells after `at` does. Answers the ids that were here and not marked.
 */
export async function markGone(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  kind: Kind,
  ids: readonly string[],
  at: Date,
): Promise<string[]> {
  if (ids.length === 0 || !(await hold(tx, shop.id, kind))) return [];
  const values = [shop.id, [...new Set(ids)].sort(), at.toISOString()];
  await rowsOf(
    tx,
    `INSERT INTO "shopify_gone" AS g ("shopId", "id", "at") SELECT $1::uuid, u, $3::timestamptz FROM unnest($2::text[]) u
       ON CONFLICT ("shopId", "id") DO UPDATE SET "at" = EXCLUDED."at" WHERE g."at" < EXCLUDED."at"`,
    values,
  );
  const { table, also, story } = gone[kind];
  const marked = await rowsOf<{ id: string; before: Record<string, unknown> }>(
    tx,
    `WITH b AS (SELECT t."id", to_jsonb(t) AS before FROM "${table}" t
                 WHERE t."shopId" = $1::uuid AND t."id" = ANY($2::text[]) AND t."deletedAt" IS NULL
                   AND t."toldAt" <= $3::timestamptz),
          d AS (UPDATE "${table}" t SET "deletedAt" = $3::timestamptz${also} FROM b
                 WHERE t."shopId" = $1::uuid AND t."id" = b."id")
     SELECT b."id", b.before FROM b`,
    values,
  );
  await untell(
    tx,
    shop.id,
    marked.flatMap((row) => story(row.before)),
  );
  return marked.map((row) => row.id);
}
