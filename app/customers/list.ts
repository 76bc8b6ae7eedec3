import { auditRead } from "~/audit/audit-read";
import type { Audited } from "~/audit/catalogue";
import type { Context, StaffActor } from "~/context";
import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";
import { queryOf } from "~/platform/word-query";
import { wordsOf } from "~/shopify-data/mirror/words";

/** One of our people as a line of the list. Times are ISO 8601. */
export interface CustomerRow {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  shopifyCustomerId: string | null;
  updatedAt: string;
  conversations: number;
}

/** A customer of Shopify's who never was in touch. */
export interface UnmetRow {
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  orders: number;
}

export interface CustomerPage {
  rows: CustomerRow[];
  /** On the first page of a search: Shopify's customers who were found and never wrote. */
  unmet: UnmetRow[];
  /** Give it to get the rows after these; null when these are the last. */
  nextCursor: string | null;
}

const pageSize = 25;
const mostUnmet = 10;
/** A search that finds more than this many shows some of them: another word tells them apart. */
const mostFound = 2_000;

/** As the index of the migration `customer_words` says it, word for word. */
export const customerWords = `array_to_tsvector(array_remove(string_to_array(lower("shopId"::text || ' ' || COALESCE("name", '') || ' ' || translate(COALESCE("email", ''), '@._+-', '     ') || ' ' || translate(COALESCE("phone", ''), '+', '') || ' ' || right(COALESCE("phone", ''), -2) || ' ' || right(COALESCE("phone", ''), -3) || ' ' || right(COALESCE("phone", ''), -4)), ' '), ''))`;

/** What was typed, as the words that `customerWords` holds. */
export const customerWordsOf = (text: string): string[] => text.toLowerCase().split(/[\s@._+\0-]+/);

/** As the second index of the migration `customer_words` says it. */
const shopifyWords = `array_to_tsvector(array_remove(string_to_array("shopId"::text || ' ' || "words", ' '), ''))`;

/**
 * Our people, last changed first, each once however many leaves they have; with `search` those of whom every word is the
 * beginning of a word in their name, address or number, and Shopify's customers of whom it is. A visitor of whom nothing
 * is known and who never wrote is not a customer yet and is left out. Throws Invalid for a cursor that is none of ours.
 */
export async function listCustomers(
  ctx: Context<StaffActor>,
  input: { search: string; cursor: string | null },
): Promise<CustomerPage> {
  const asked = queryOf(ctx.shop.id, customerWordsOf(input.search));
  if (input.search.trim() !== "" && !asked) return { rows: [], unmet: [], nextCursor: null };
  const after = input.cursor ? readCursor(input.cursor) : null;
  const [page, unmet] = await Promise.all([
    people(ctx, asked, after),
    asked && !after ? unmetCustomers(ctx, queryOf(ctx.shop.id, wordsOf(input.search).split(" "))) : [],
    auditRead(ctx, listed(ctx)),
  ]);
  return { ...page, unmet };
}

/**
 * That somebody saw lines of a list is one entry a day and not one for each person in it: a list is passed through on the
 * way to one of them, whose opening is logged by itself, and 25 entries for each page would bury those.
 */
export function listed(ctx: Context): Audited {
  return { action: "customers.listed", subjectKind: "shop", subjectId: ctx.shop.id };
}

async function people(
  ctx: Context,
  asked: string | null,
  after: { at: Date; id: string } | null,
): Promise<Omit<CustomerPage, "unmet">> {
  const values: unknown[] = [ctx.shop.id, pageSize + 1];
  let where = `c."shopId" = $1 AND c."personId" = c."id"`;
  let found = "";
  if (asked) {
    values.push(asked);
    // Found first and only then put in order: walking everybody in order until enough are found reads the whole shop.
    found = `
      WITH found AS MATERIALIZED (
        SELECT "personId" FROM "customer" WHERE ${customerWords} @@ $3::tsquery LIMIT ${mostFound}
      ), people AS MATERIALIZED (
        SELECT * FROM "customer" WHERE "shopId" = $1 AND "id" IN (SELECT "personId" FROM found)
      )`;
  }
  if (after) {
    values.push(after.at, after.id);
    const [at, id] = [`$${values.length - 1}`, `$${values.length}`];
    where += ` AND c."updatedAt" <= ${at} AND (c."updatedAt" < ${at} OR c."id" > ${id})`;
  }
  const read = await ctx.db.sql.query<Omit<CustomerRow, "updatedAt"> & { updatedAt: Date }>(
    `${found} SELECT c."id", c."updatedAt", best.*,
            (SELECT count(*)::int FROM "conversation" k JOIN "customer" m ON m."shopId" = k."shopId" AND m."id" = k."customerId"
              WHERE m."shopId" = c."shopId" AND m."personId" = c."id") AS "conversations"
       FROM ${asked ? "people" : `"customer"`} c
      CROSS JOIN LATERAL (
        SELECT COALESCE(c."name", min(m."name")) AS "name", COALESCE(c."email", min(m."email")) AS "email",
               COALESCE(c."phone", min(m."phone")) AS "phone",
               COALESCE(c."shopifyCustomerId", min(m."shopifyCustomerId")) AS "shopifyCustomerId"
          FROM "customer" m WHERE m."shopId" = c."shopId" AND m."personId" = c."id"
      ) best
      WHERE ${where}
        AND (best."name" IS NOT NULL OR best."email" IS NOT NULL OR best."phone" IS NOT NULL OR EXISTS (
              SELECT 1 FROM "conversation" k JOIN "customer" m ON m."shopId" = k."shopId" AND m."id" = k."customerId"
               WHERE m."shopId" = c."shopId" AND m."personId" = c."id"))
      ORDER BY c."updatedAt" DESC, c."id" LIMIT $2`,
    values,
  );
  const rows = read.rows.slice(0, pageSize);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })),
    nextCursor: read.rows.length > pageSize && last ? `${last.updatedAt.getTime()}.${last.id}` : null,
  };
}

async function unmetCustomers(ctx: Context, asked: string | null): Promise<UnmetRow[]> {
  if (!asked) return [];
  const found = await ctx.db.sql.query<Omit<UnmetRow, "name"> & { firstName: string | null; lastName: string | null }>(
    `SELECT s."id" AS "shopifyCustomerId", s."firstName", s."lastName", s."email", s."phone", s."orderCount" AS "orders"
       FROM "shopify_customer" s
      WHERE s."shopId" = $1 AND ${shopifyWords.replaceAll('"shopId"', 's."shopId"').replace('"words"', 's."words"')} @@ $2::tsquery
        AND s."deletedAt" IS NULL AND s."mergedInto" IS NULL
        -- Not as NOT EXISTS, which becomes a join with everybody of the shop.
        AND (SELECT c."id" FROM "customer" c WHERE c."shopId" = s."shopId" AND c."shopifyCustomerId" = s."id") IS NULL
      LIMIT ${mostUnmet}`,
    [ctx.shop.id, asked],
  );
  return found.rows.map(({ firstName, lastName, ...row }) => ({
    ...row,
    name: [firstName, lastName].filter(Boolean).join(" ") || null,
  }));
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [time = "", id = ""] = cursor.split(".", 2);
  if (!/^\d{1,14}$/.test(time) || !isId(id)) {
    throw new Invalid([{ field: "cursor", message: "This list has changed. Load it again." }]);
  }
  return { at: new Date(Number(time)), id };
}
