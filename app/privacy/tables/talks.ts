import { Prisma } from "@prisma/client";
import type { Scope } from "../scope";
import { among, amongTexts, anyOf, type PersonTable } from "./table";

const byBrowser = (scope: Scope): Prisma.Sql =>
  anyOf(among("visitorId", scope.visitorIds), amongTexts("actorId", scope.visitorIds));

/** Not of a leaf that is somebody else, who used the same browser. */
const nobodyElses = (scope: Scope): Prisma.Sql =>
  Prisma.sql`("customerId" IS NULL OR ${among("customerId", scope.customerIds)})`;

/**
 * Of the messages `m`: what this person wrote, and what the store wrote to them or to everybody in the chat. In a
 * conversation of theirs others may have written too, and been written to.
 */
const theirMessages = (scope: Scope): Prisma.Sql =>
  Prisma.sql`CASE m."author"
    WHEN 'shopper' THEN m."customerId" IS NULL OR m."customerId" = ANY (${scope.customerIds}::uuid[])
    ELSE m."endpointId" IS NULL OR EXISTS (
      SELECT 1 FROM "endpoint" e WHERE e."shopId" = m."shopId" AND e."id" = m."endpointId"
         AND e."customerId" = ANY (${scope.customerIds}::uuid[])) END`;

/** Rows that belong to a message, by this column, where the message is one of those. */
const ofTheirMessages = (table: string, column: string, scope: Scope): Prisma.Sql => {
  const id = Prisma.raw(`"${table}"."${column}"`);
  return Prisma.sql`(${id} IS NULL OR EXISTS (
    SELECT 1 FROM "message" m WHERE m."shopId" = ${scope.shopId}::uuid AND m."id" = ${id} AND ${theirMessages(scope)}))`;
};

/** Entries of a story that are of no message, or of one of theirs. */
const ofNoOthersMessage = (scope: Scope): Prisma.Sql =>
  Prisma.sql`NOT EXISTS (
    SELECT 1 FROM "message" m WHERE m."shopId" = ${scope.shopId}::uuid AND m."id" = "timeline_entry"."id"
       AND NOT (${theirMessages(scope)}))`;

/** What people wrote, and what was written about them. Those that point at others come first. */
export const talkTables: PersonTable[] = [
  {
    table: "event",
    what: "Facts of the log",
    rows: (scope) =>
      anyOf(
        among("conversationId", scope.conversationIds),
        among("customerId", scope.customerIds),
        Prisma.sql`(${byBrowser(scope)} AND ${nobodyElses(scope)})`,
        among("cartId", scope.cartIds),
      ),
    notShown: ["shopId", "xid"],
    order: "at",
  },
  {
    table: "timeline_entry",
    what: "Entries of the timeline",
    // Also what they wrote in somebody else's conversation, which stands in that story.
    rows: (scope) =>
      anyOf(
        among("subjectId", scope.subjectIds),
        Prisma.sql`(${among("subjectId", scope.hostIds)} AND ${among("id", scope.messageIds)})`,
      ),
    shown: (scope) => ofNoOthersMessage(scope),
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "attachment",
    what: "Files",
    // Also what was chosen and not sent yet.
    rows: (scope) =>
      anyOf(
        among("messageId", scope.messageIds),
        Prisma.sql`("messageId" IS NULL AND ${amongTexts(
          "owner",
          scope.visitorIds.map((id) => `visitor:${id}`),
        )})`,
      ),
    shown: (scope) => ofTheirMessages("attachment", "messageId", scope),
    notShown: ["shopId", "content", "source", "store", "storeKey"],
    order: "at",
  },
  {
    table: "rating",
    what: "Ratings of conversations",
    // Also of somebody else's conversation, in which they wrote.
    rows: (scope) =>
      anyOf(
        among("conversationId", scope.conversationIds),
        Prisma.sql`(${among("visitorId", scope.visitorIds)} AND ${among("conversationId", scope.hostConversationIds)})`,
      ),
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "delivery",
    what: "What became of messages on their way",
    rows: (scope) => among("messageId", scope.messageIds),
    shown: (scope) => ofTheirMessages("delivery", "messageId", scope),
    notShown: ["shopId"],
    order: "queuedAt",
  },
  {
    table: "mail_body",
    what: "Mails in full",
    rows: (scope) => among("messageId", scope.messageIds),
    shown: (scope) => ofTheirMessages("mail_body", "messageId", scope),
    notShown: ["shopId"],
    order: "messageId",
  },
  {
    table: "inbound",
    what: "Messages as they came from a provider",
    rows: (scope) => among("customerId", scope.customerIds),
    notShown: ["shopId", "body", "meta"],
    order: "receivedAt",
  },
  {
    table: "call",
    what: "Telephone calls",
    rows: (scope) => anyOf(among("conversationId", scope.conversationIds), among("customerId", scope.customerIds)),
    shown: (scope) => Prisma.sql`("customerId" IS NULL OR ${among("customerId", scope.customerIds)})`,
    // A number that only might be theirs, and what the team told each other.
    notShown: ["shopId", "transferBrief", "probablyId"],
    order: "startedAt",
  },
  {
    table: "message",
    what: "Messages",
    rows: (scope) => anyOf(among("conversationId", scope.conversationIds), among("id", scope.messageIds)),
    shown: (scope) =>
      Prisma.sql`EXISTS (SELECT 1 FROM "message" m WHERE m."shopId" = "message"."shopId" AND m."id" = "message"."id" AND ${theirMessages(scope)})`,
    notShown: ["shopId", "clientKey"],
    order: "at",
  },
  {
    table: "note",
    what: "Notes of the team in conversations",
    rows: (scope) => among("conversationId", scope.conversationIds),
    notShown: ["shopId", "clientKey"],
    order: "at",
  },
  {
    table: "conversation_read",
    what: "How far the team has read",
    rows: (scope) => among("conversationId", scope.conversationIds),
    notExported: "It says what the team did, and nothing of the person.",
  },
  {
    table: "conversation_split",
    what: "Conversations that the team split",
    rows: (scope) => anyOf(among("fromId", scope.conversationIds), among("intoId", scope.conversationIds)),
    notExported: "It says what the team did, and nothing of the person that their messages do not.",
  },
  {
    table: "sale",
    what: "Sales after a conversation",
    rows: (scope) => anyOf(among("conversationId", scope.conversationIds), amongTexts("orderId", scope.orderIds)),
    kept: {
      words: ["orderId", "orderName", "evidence", "currency"],
      ground: "Bookkeeping: the order's number and its sum, without the person (GDPR Art. 17(3)(b)).",
    },
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "draft_order",
    what: "Draft orders made in conversations",
    rows: (scope) => anyOf(among("conversationId", scope.conversationIds), among("cartId", scope.cartIds)),
    notShown: ["shopId"],
    order: "createdAt",
  },
  {
    table: "conversation",
    what: "Conversations",
    rows: (scope) => among("id", scope.conversationIds),
    notShown: ["shopId"],
    order: "openedAt",
  },
];
