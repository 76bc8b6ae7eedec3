import type { Pool } from "pg";
import { newId } from "~/platform/ids";
import { personTables } from "~/privacy/tables/person-tables";

/** Stands in everything that is planted, and nowhere else. */
export const plant = "zq-plant";

export interface Planted {
  shopId: string;
  gid: string;
  email: string;
  phone: string;
  customerId: string;
  otherId: string;
  visitorId: string;
  conversationId: string;
}

interface Column {
  column_name: string;
  data_type: string;
  udt_name: string;
  is_generated: string;
  column_default: string | null;
}

/**
 * A row of the person in every table that can hold one, with a word of its own in every column that can hold words:
 * from the database's own catalogue, so that a new column is planted too.
 */
export async function plantEverywhere(sql: Pool, person: Planted): Promise<void> {
  const known = knownValues(person);
  await sql.query(
    `INSERT INTO "channel_account" ("shopId", "id", "kind", "externalId", "name", "state", "createdAt")
     VALUES ($1, $2::uuid, 'email', $2::uuid::text, 'Support', 'active', now())`,
    [person.shopId, known["accountId"]],
  );
  for (const { table, kept } of [...personTables].reverse()) {
    const { rows } = await sql.query<Column>(
      `SELECT column_name, data_type, udt_name, is_generated, column_default FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
      [table],
    );
    const values = new Map<string, unknown>();
    for (const column of rows) {
      const name = column.column_name;
      if (column.is_generated === "ALWAYS") continue;
      const own = `${table}.${name}`;
      const named = own in known ? known[own] : known[name];
      const value =
        named !== undefined && (column.udt_name === "uuid" || typeof named !== "string" || !isUuid(named))
          ? named
          : kept?.words.includes(name)
            ? neutral(column, name)
            : wordOf(column, table, person.gid.replace(/^.*\//, ""));
      if (value !== undefined) values.set(name, value);
    }
    const names = [...values.keys()];
    await sql.query(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(", ")})
       VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
      [...values.values()],
    );
  }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);

/** What ties the rows together; the rest is words. */
function knownValues(person: Planted): Record<string, unknown> {
  const [messageId, cartId, endpointId] = [newId(), newId(), newId()];
  const order = `gid://shopify/Order/${Date.now()}`;
  const custom = {
    id: "gid://shopify/LineItem/1",
    title: `${plant} engraving`,
    productId: null,
    quantity: 1,
    total: 5,
  };
  const bought = { id: "gid://shopify/LineItem/2", title: "Field Jacket", productId: "gid://shopify/Product/1" };
  return {
    shopId: person.shopId,
    customerId: person.customerId,
    visitorId: person.visitorId,
    conversationId: person.conversationId,
    messageId,
    cartId,
    endpointId,
    accountId: newId(),
    "endpoint.id": endpointId,
    // Such a name is made of our ids, and outlives its row until the bytes are gone.
    "attachment.store": "disk",
    "attachment.storeKey": `${person.shopId}/${newId()}`,
    "delivery.state": "sent",
    "inbound.state": "done",
    "call.state": "ended",
    "customer.id": person.customerId,
    "customer.shopifyCustomerId": person.gid,
    "customer.email": person.email,
    "customer.phone": person.phone,
    "customer.mergedIntoId": null,
    "customer.provenWithId": null,
    "visitor.id": person.visitorId,
    "visitor.signedInAs": person.gid,
    "conversation.id": person.conversationId,
    "message.id": messageId,
    "message.author": "shopper",
    "cart.id": cartId,
    "timeline_entry.subjectId": person.customerId,
    fromId: person.customerId,
    intoId: person.otherId,
    toId: person.otherId,
    lowId: person.customerId,
    highId: person.otherId,
    "conversation_split.fromId": person.conversationId,
    "conversation_split.intoId": newId(),
    undoneAt: null,
    "customer_summary.shopifyCustomerId": person.gid,
    "data_request.shopifyCustomerId": person.gid,
    "sale.orderId": order,
    "sale.orderName": "#1001",
    "shopify_customer.id": person.gid,
    "shopify_customer.email": person.email,
    "shopify_customer.emailKey": person.email,
    "shopify_customer.phoneKey": person.phone,
    "shopify_customer.mergedInto": null,
    "shopify_gone.id": person.gid,
    "shopify_due.id": person.gid,
    "shopify_order.id": order,
    "shopify_order.customerId": person.gid,
    "shopify_order.lines": JSON.stringify([custom, bought]),
    "shopify_order.fulfillments": JSON.stringify([{ id: "f", tracking: [{ number: `${plant} tracking` }] }]),
    "shopify_draft_order.customerId": person.gid,
    "shopify_checkout.customerId": person.gid,
    "shopify_company.contacts": JSON.stringify([
      { id: "c1", customerId: person.gid, title: `${plant} title` },
      { id: "c2", customerId: "gid://shopify/Customer/1", title: "Buyer" },
    ]),
  };
}

/** For columns that stay in what is kept. */
function neutral({ data_type }: Column, name: string): unknown {
  return data_type === "jsonb" ? "[]" : `kept ${name} ${newId()}`;
}

/** A word of the column's own; undefined leaves it to its default. */
function wordOf({ column_name, data_type, udt_name, column_default }: Column, table: string, who: string): unknown {
  const word = `${plant} ${table} ${column_name} ${who}`;
  if (data_type === "text") return word;
  if (data_type === "jsonb" || data_type === "json") return JSON.stringify({ deep: [{ word }] });
  if (data_type === "bytea") return Buffer.from(word);
  if (data_type === "ARRAY") return udt_name === "_text" ? [word] : undefined;
  if (column_default !== null) return undefined;
  if (data_type === "uuid") return newId();
  if (data_type === "boolean") return false;
  if (data_type.startsWith("timestamp")) return new Date("2026-11-01T00:00:00Z");
  return 1;
}

/** Every table of the whole database in which one of these stands in any column, files and job queue included. */
export async function tablesWith(sql: Pool, ...words: string[]): Promise<string[]> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1`,
  );
  const marks = words.flatMap((word) => [word.toLowerCase(), Buffer.from(word).toString("hex")]);
  const found: string[] = [];
  for (const { name } of tables) {
    const where = marks.map((_, index) => `strpos(lower(r::text), $${index + 1}) > 0`).join(" OR ");
    const { rows } = await sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} r WHERE ${where}`, marks);
    if ((rows[0]?.n ?? 0) > 0) found.push(name);
  }
  return found;
}
