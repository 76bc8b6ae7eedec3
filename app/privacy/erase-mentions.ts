import { Prisma } from "@prisma/client";
import type { Transaction } from "~/db.server";
import { addressesWithin, literally } from "./erase-queues";
import type { ReceiptLine } from "./receipt";
import type { Scope } from "./scope";

/**
 * Takes the person out of what channels hold beside their own rows, which are gone already: what came in and could not be
 * read, mails of others that were sent to them too, calls of others from a number of theirs, and that they joined somebody
 * else's conversation. The others' own words stay.
 */
export async function eraseMentions(tx: Transaction, scope: Scope): Promise<ReceiptLine[]> {
  const unread = await emptyUnread(tx, scope);
  const raw = await emptyRaw(tx, scope);
  const mails = await takeFromMails(tx, scope);
  const calls = await takeFromCalls(tx, scope);
  await takeJoining(tx, scope);
  return [
    { what: "Messages that could not be read (their content)", table: "inbound", rows: unread },
    { what: "Raw mails of others that named them (their content)", table: "inbound", rows: raw },
    { what: "Mails of others that were sent to them too (their address)", table: "message", rows: mails },
    { what: "Calls of others from their number (the number)", table: "call", rows: calls },
  ];
}

/**
 * What is put aside, or waits for an account that was disconnected. A mail or a text that waits to be read is left: one of
 * theirs is not taken in, being older than the erasure, and one of somebody else's is somebody else's.
 */
async function emptyUnread(tx: Transaction, { shopId, emails, phones, endpoints }: Scope): Promise<number> {
  const within = addressesWithin(emails, phones);
  // Ids of a provider's stand in its JSON as whole strings.
  const quoted = endpoints.map((id) => `"${literally(id)}"`);
  const words = Prisma.sql`lower(encode(substring(i."body" FROM 1 FOR 4000000), 'escape') || i."meta"::text)`;
  return tx.$executeRaw`
    UPDATE "inbound" i SET "body" = ''::bytea, "meta" = '{}', "state" = 'done', "problem" = NULL, "doneAt" = now()
      FROM "channel_account" a
     WHERE i."shopId" = ${shopId}::uuid AND a."shopId" = i."shopId" AND a."id" = i."accountId"
       AND i."state" IN ('waiting', 'aside')
       AND (${words} ~ ANY (${quoted}::text[])
            OR ((i."state" = 'aside' OR a."state" = 'disconnected') AND ${words} ~ ANY (${within}::text[])))`;
}

const named = Prisma.sql`jsonb_path_exists(m."content", '$.email.*[*].address ? (@ == $addresses[*])', `;

async function emptyRaw(tx: Transaction, { shopId, emails }: Scope): Promise<number> {
  return tx.$executeRaw`
    UPDATE "inbound" i SET "body" = ''::bytea, "meta" = '{}'
      FROM "message" m JOIN "mail_body" b ON b."shopId" = m."shopId" AND b."messageId" = m."id"
     WHERE m."shopId" = ${shopId}::uuid AND ${named} jsonb_build_object('addresses', ${emails}::text[]))
       AND i."shopId" = m."shopId" AND i."id" = b."inboundId" AND length(i."body") > 0`;
}

async function takeFromMails(tx: Transaction, { shopId, emails }: Scope): Promise<number> {
  const others = (list: string) => Prisma.sql`coalesce((
    SELECT jsonb_agg(o ORDER BY n) FROM jsonb_array_elements(m."content" -> 'email' -> ${list}) WITH ORDINALITY AS each(o, n)
     WHERE o ->> 'address' <> ALL (${emails}::text[])), '[]')`;
  return tx.$executeRaw`
    UPDATE "message" m SET "content" = jsonb_set("content", '{email}', ("content" -> 'email') || jsonb_build_object(
             'to', ${others("to")}, 'cc', ${others("cc")},
             'from', CASE WHEN "content" #>> '{email,from,address}' = ANY (${emails}::text[])
                          THEN '{"name": null, "address": ""}' ELSE "content" #> '{email,from}' END))
     WHERE m."shopId" = ${shopId}::uuid AND ${named} jsonb_build_object('addresses', ${emails}::text[]))`;
}

async function takeFromCalls(tx: Transaction, { shopId, phones }: Scope): Promise<number> {
  return tx.$executeRaw`
    UPDATE "call" SET "fromAddress" = CASE WHEN "fromAddress" = ANY (${phones}::text[]) THEN '' ELSE "fromAddress" END,
           "toAddress" = CASE WHEN "toAddress" = ANY (${phones}::text[]) THEN '' ELSE "toAddress" END
     WHERE "shopId" = ${shopId}::uuid AND ("fromAddress" = ANY (${phones}::text[]) OR "toAddress" = ANY (${phones}::text[]))`;
}

async function takeJoining(tx: Transaction, { shopId, hostConversationIds, customerIds }: Scope): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "event" WHERE "shopId" = ${shopId}::uuid AND "conversationId" = ANY (${hostConversationIds}::uuid[])
       AND "kind" = 'conversation.joined' AND "data" ->> 'customerId' = ANY (${customerIds}::text[])`;
}
