/**
 * The statements of the nightly run. Each takes two lists of the same length, shops ($1) and until when what they hold has
 * had its time ($2), removes one portion and answers the shop of each row that went.
 */

/** Rows of one statement. What is left waits for the next one. */
export const atOnce = 1_000;

const due = `due AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) AS d("shopId", "before"))`;

/** Rows of a table with the key (shopId, id, at); `only` narrows them. */
const rowsBefore = (table: string, only = "true"): string => `
  WITH ${due}, old AS MATERIALIZED (
    SELECT t."shopId", t."id", t."at" FROM "${table}" t JOIN due USING ("shopId")
     WHERE t."at" < due."before" AND ${only} LIMIT ${atOnce})
  DELETE FROM "${table}" t USING old
   WHERE t."shopId" = old."shopId" AND t."id" = old."id" AND t."at" = old."at" RETURNING t."shopId"`;

export const pageViews = rowsBefore("page_view");

/** The same views stand in the log and in the story. */
export const viewFacts = rowsBefore("event", `t."kind" = 'visitor.viewed'`);
export const viewEntries = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT t."shopId", t."subjectId", t."at", t."id" FROM "timeline_entry" t JOIN due USING ("shopId")
     WHERE t."at" < due."before" AND t."kind" IN ('page.viewed', 'product.viewed', 'storefront.searched')
     LIMIT ${atOnce})
  DELETE FROM "timeline_entry" t USING old
   WHERE t."shopId" = old."shopId" AND t."subjectId" = old."subjectId" AND t."at" = old."at" AND t."id" = old."id"
  RETURNING t."shopId"`;

export const events = rowsBefore("event");
/** What never had a month of its own, of all shops. */
export const strayEvents = rowsBefore("event_default");

/**
 * Browsers that never chatted and left no cart, with their views, story and consents. A chat or a cart that begins
 * meanwhile holds the row, and it is left for later.
 */
export const silentVisitors = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT v."shopId", v."id" FROM "visitor" v JOIN due USING ("shopId")
     WHERE v."lastSeenAt" < due."before"
       AND NOT EXISTS (SELECT 1 FROM "conversation" c WHERE c."shopId" = v."shopId" AND c."visitorId" = v."id")
       AND NOT EXISTS (SELECT 1 FROM "cart" c WHERE c."shopId" = v."shopId" AND c."visitorId" = v."id")
     LIMIT ${atOnce} FOR UPDATE OF v SKIP LOCKED),
  story AS (DELETE FROM "timeline_entry" t USING old WHERE t."shopId" = old."shopId" AND t."subjectId" = old."id"),
  said AS (
    DELETE FROM "consent" c USING old
     WHERE c."shopId" = old."shopId" AND c."visitorId" = old."id" AND c."customerId" IS NULL)
  DELETE FROM "visitor" v USING old WHERE v."shopId" = old."shopId" AND v."id" = old."id" RETURNING v."shopId"`;

/** Conversations closed for so long, with everything in them and what the log and the story say of them. */
export const closedConversations = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT c."shopId", c."id", c."customerId", c."visitorId" FROM "conversation" c JOIN due USING ("shopId")
     WHERE c."status" = 'closed' AND c."closedAt" < due."before" AND c."lastMessageAt" < due."before"
     LIMIT ${atOnce / 5} FOR UPDATE OF c SKIP LOCKED),
  drafts AS (
    UPDATE "draft_order" d SET "conversationId" = NULL FROM old
     WHERE d."shopId" = old."shopId" AND d."conversationId" = old."id"),
  facts AS (DELETE FROM "event" e USING old WHERE e."shopId" = old."shopId" AND e."conversationId" = old."id"),
  story AS (
    DELETE FROM "timeline_entry" t USING old
     WHERE t."shopId" = old."shopId" AND t."subjectId" IN (old."customerId", old."visitorId")
       AND t."ref" = old."id"::text)
  DELETE FROM "conversation" c USING old WHERE c."shopId" = old."shopId" AND c."id" = old."id" RETURNING c."shopId"`;

/** Files of messages; a message that was nothing else says that its file is gone. */
export const files = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT a."shopId", a."id", a."messageId" FROM "attachment" a JOIN due USING ("shopId")
     WHERE a."at" < due."before" AND a."messageId" IS NOT NULL LIMIT ${atOnce / 5}),
  told AS (
    UPDATE "message" m SET "text" = '(file removed)' FROM old
     WHERE m."shopId" = old."shopId" AND m."id" = old."messageId" AND m."text" = '')
  DELETE FROM "attachment" a USING old WHERE a."shopId" = old."shopId" AND a."id" = old."id" RETURNING a."shopId"`;

/** Deliveries, with what could never be handled. */
export const webhooks = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT w."shopDomain", w."webhookId", s."id" AS "shopId"
      FROM "webhook_delivery" w JOIN "shop" s ON s."domain" = w."shopDomain" JOIN due ON due."shopId" = s."id"
     WHERE w."receivedAt" < due."before" LIMIT ${atOnce})
  DELETE FROM "webhook_delivery" w USING old
   WHERE w."shopDomain" = old."shopDomain" AND w."webhookId" = old."webhookId" RETURNING old."shopId"`;

/** Raw mails that were read, and what could not be read: their content. That it came stays, so that it comes once. */
export const rawInbound = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT i."shopId", i."id" FROM "inbound" i JOIN due USING ("shopId")
     WHERE i."receivedAt" < due."before" AND i."state" IN ('done', 'aside') AND length(i."body") > 0
     LIMIT ${atOnce / 5} FOR UPDATE OF i SKIP LOCKED)
  UPDATE "inbound" i SET "body" = ''::bytea, "meta" = '{}', "state" = 'done', "problem" = NULL FROM old
   WHERE i."shopId" = old."shopId" AND i."id" = old."id" RETURNING i."shopId"`;

/** What is emptied, once nobody sends it a second time. */
export const emptyInbound = `
  WITH ${due}, old AS MATERIALIZED (
    SELECT i."shopId", i."id" FROM "inbound" i JOIN due USING ("shopId")
      JOIN "channel_account" a ON a."shopId" = i."shopId" AND a."id" = i."accountId"
     WHERE i."receivedAt" < due."before" AND (a."state" = 'disconnected' OR (i."state" = 'done' AND a."kind" <> 'email'))
     LIMIT ${atOnce})
  DELETE FROM "inbound" i USING old WHERE i."shopId" = old."shopId" AND i."id" = old."id" RETURNING i."shopId"`;
