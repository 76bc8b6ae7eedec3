import type { Pool } from "pg";
import { gatherPer } from "~/platform/gather";

/** A shopper's message from the storefront that is to be the next of an open conversation. */
export interface Appended {
  shopId: string;
  conversationId: string;
  /** Our id of the message. */
  id: string;
  at: Date;
  text: string;
  preview: string;
  clientKey: string;
  visitorId: string;
  /** Set while it is proven who this is. */
  customerId: string | null;
  /** Further leaves whose chats open to them. */
  alsoProven: readonly string[];
  attachmentIds: string[];
}

/**
 * Takes a place in the conversation, inserts the message, writes the fact and its entry in the story, all in one
 * statement, so one trip and one commit. Gives the place; null when the conversation is not open or not this shopper's,
 * and nothing is written then. Messages of different conversations that come at the same moment share the statement.
 */
export const appendOpen = gatherPer<Pool, Appended, number | null>(append, {
  most: 50,
  atOnce: 3,
  key: (message) => message.conversationId,
  isOnes: isOneMessages,
});

/** A repeated key and the like (SQLSTATE classes 22 and 23), and a deadlock (40), which one alone does not meet again. */
function isOneMessages(error: unknown): boolean {
  return /^(22|23|40)/.test(String((error as { code?: unknown }).code ?? ""));
}

async function append(sql: Pool, messages: Appended[]): Promise<(number | null)[]> {
  // Rows are locked in the order of their ids by everybody, so two statements never wait for each other.
  const sorted = [...messages].sort((one, other) => (one.conversationId < other.conversationId ? -1 : 1));
  const column = <Key extends keyof Appended>(key: Key) => sorted.map((message) => message[key]);
  const found = await sql.query<{ id: string; position: number }>({
    name: "append-open",
    text: `
      WITH given AS (
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[])
          AS g("shopId", "conversationId", "id", "at", "text", "preview", "clientKey", "visitorId", "customerId")
      ), taken AS (
        UPDATE "conversation" c SET "position" = c."position" + 1, "lastMessageAt" = g."at", "lastMessageText" = g."preview",
               "lastMessageFrom" = 'shopper', "waitingSince" = COALESCE(c."waitingSince", g."at"), "channel" = 'chat',
               "visitorId" = COALESCE(c."visitorId", g."visitorId")
          FROM given g
         WHERE c."shopId" = g."shopId" AND c."id" = g."conversationId" AND c."status" = 'open'
           AND (c."visitorId" = g."visitorId" OR c."customerId" = g."customerId" OR EXISTS (
                 SELECT 1 FROM unnest($12::uuid[], $13::uuid[]) AS l("id", "customerId")
                  WHERE l."id" = g."id" AND l."customerId" = c."customerId"))
        RETURNING g."id", g."shopId", g."conversationId", g."at", g."text", g."clientKey", g."visitorId" AS "actorId",
                  COALESCE(g."customerId", c."customerId") AS "writerId", c."position", c."customerId", c."visitorId"
      ), kept AS (
        INSERT INTO "message" ("shopId", "id", "conversationId", "position", "author", "customerId", "visitorId", "channel", "text", "clientKey", "at")
        SELECT "shopId", "id", "conversationId", "position", 'shopper', "writerId", "actorId", 'chat', "text", "clientKey", "at" FROM taken
      ), attached AS (
        UPDATE "attachment" a SET "messageId" = t."id"
          FROM unnest($10::uuid[], $11::uuid[]) AS g("id", "messageId") JOIN taken t ON t."id" = g."messageId"
         WHERE a."shopId" = t."shopId" AND a."id" = g."id" AND a."messageId" IS NULL
      ), logged AS (
        INSERT INTO "event" ("shopId", "at", "kind", "actor", "actorId", "conversationId", "customerId", "visitorId", "position", "data")
        SELECT "shopId", "at", 'message.received', 'shopper', "actorId"::text, "conversationId", "customerId", "visitorId", "position",
               jsonb_build_object('messageId', "id"::text)
          FROM taken
      ), told AS (
        INSERT INTO "timeline_entry" ("shopId", "subjectId", "at", "id", "kind", "ref")
        SELECT "shopId", "customerId", "at", "id", 'message.received', "conversationId"::text FROM taken
      )
      SELECT "id", "position" FROM taken`,
    values: [
      column("shopId"),
      column("conversationId"),
      column("id"),
      column("at"),
      column("text"),
      column("preview"),
      column("clientKey"),
      column("visitorId"),
      column("customerId"),
      sorted.flatMap((message) => message.attachmentIds),
      sorted.flatMap((message) => message.attachmentIds.map(() => message.id)),
      sorted.flatMap((message) => message.alsoProven.map(() => message.id)),
      sorted.flatMap((message) => [...message.alsoProven]),
    ],
  });
  const places = new Map(found.rows.map((row) => [row.id, row.position]));
  return messages.map((message) => places.get(message.id) ?? null);
}
