import { auditRead } from "~/audit/audit-read";
import type { Context, StaffActor } from "~/context";
import { customerWords, customerWordsOf } from "~/customers/list";
import { queryOf } from "~/platform/word-query";
import { foundLine, type LinePart, searchedWords } from "./found-line";
import type { InboxRow } from "./inbox-row";
import { type ReadRow, readCursor, rowsQuery, toCursor, toRow } from "./read-rows";

const pageSize = 30;
/** A search that finds more people than these shows the conversations of some of them. */
const mostPeople = 2_000;
/** Characters of what was typed that are looked at. */
const mostTyped = 500;

/** As the index of the migration `message_words` says it, word for word. */
const messageWords = `(to_tsvector('simple'::regconfig, translate(left("text", 100000) || ' ' || left(COALESCE("content" -> 'email' ->> 'subject', ''), 1000), '@._+-/:&<>=%?#~', '               ')) || array_to_tsvector(ARRAY['=' || "shopId"::text]))`;

/** A conversation that was found. */
export interface FoundRow extends InboxRow {
  /** The line where the words stand: of the newest message that has all of them, else of who the person is. */
  line: LinePart[];
  /** Who wrote that line; null when it says who the person is. */
  lineFrom: "shopper" | "staff" | null;
}

export interface SearchPage {
  /** Newest last message first. */
  rows: FoundRow[];
  /** Give it as `before` to get the rows after these; null when these are the last. */
  nextCursor: string | null;
}

interface Found extends ReadRow {
  lineText: string | null;
  lineSubject: string | null;
  lineAuthor: "shopper" | "staff" | null;
  phone: string | null;
}

/**
 * The conversations of this shop, open or not, with a message or a mail's subject that has all the words, or whose person
 * has all of them in the name, address and number; each word as the beginning of one. Notes and deleted messages are not
 * searched. Nothing that could be a word finds nothing. Throws Invalid for a cursor that is none of ours.
 */
export async function search(
  ctx: Context<StaffActor>,
  input: { words: string; before: string | null },
): Promise<SearchPage> {
  const typed = input.words.slice(0, mostTyped);
  const words = searchedWords(typed);
  const inMessages = queryOf(`=${ctx.shop.id}`, words);
  const inPeople = queryOf(ctx.shop.id, customerWordsOf(typed));
  const after = input.before ? readCursor(input.before) : null;
  if (!inMessages || !inPeople) return { rows: [], nextCursor: null };
  const [read] = await Promise.all([
    ctx.db.sql.query<Found>({
      text: query(after !== null),
      values: [ctx.shop.id, ctx.actor.id, inMessages, inPeople, ...(after ? [after.at, after.id] : [])],
    }),
    // Once a day, as for any list: the opening of a conversation is logged by itself.
    auditRead(ctx, { action: "messages.searched", subjectKind: "shop", subjectId: ctx.shop.id }),
  ]);
  const rows = read.rows.slice(0, pageSize);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => toFound(row, words)),
    nextCursor: read.rows.length > pageSize && last ? toCursor({ at: last.lastMessageAt, id: last.id }) : null,
  };
}

function query(goesOn: boolean): string {
  const place = goesOn ? `AND c."lastMessageAt" <= $5 AND (c."lastMessageAt" < $5 OR c."id" > $6)` : "";
  // All that are found are read before the newest are chosen: an index of words knows no order.
  return `
    WITH said AS MATERIALIZED (
      SELECT "conversationId", max("position") AS "said" FROM "message"
       WHERE ${messageWords} @@ $3::tsquery AND "shopId" = $1 AND "deletedAt" IS NULL AND "author" <> 'app'
       GROUP BY "conversationId"
    ), people AS MATERIALIZED (
      SELECT "personId" FROM "customer" WHERE ${customerWords} @@ $4::tsquery AND "shopId" = $1 LIMIT ${mostPeople}
    ), found AS MATERIALIZED (
      SELECT "conversationId" AS "id", "said" FROM said
      UNION ALL
      SELECT k."id", NULL FROM "customer" l JOIN "conversation" k ON k."shopId" = l."shopId" AND k."customerId" = l."id"
       WHERE l."shopId" = $1 AND l."personId" IN (SELECT "personId" FROM people)
    )${rowsQuery(
      `SELECT c.*, f."said" FROM (SELECT "id", max("said") AS "said" FROM found GROUP BY "id") f
         JOIN "conversation" c ON c."shopId" = $1 AND c."id" = f."id"
        WHERE true ${place}
        ORDER BY c."lastMessageAt" DESC, c."id" LIMIT ${pageSize + 1}`,
      {
        columns: `h."text" AS "lineText", h."content" -> 'email' ->> 'subject' AS "lineSubject",
                  h."author" AS "lineAuthor", COALESCE(w."phone", p."phone") AS "phone"`,
        join: `LEFT JOIN "message" h
                      ON h."shopId" = c."shopId" AND h."conversationId" = c."id" AND h."position" = c."said"`,
      },
    )}`;
}

function toFound({ lineText, lineSubject, lineAuthor, phone, ...row }: Found, words: string[]): FoundRow {
  const said = [lineSubject, lineText].filter(Boolean).join(" · ");
  const person = [row.customerName, row.customerEmail, phone].filter(Boolean).join(" · ");
  return { ...toRow(row), line: foundLine(lineText === null ? person : said, words), lineFrom: lineAuthor };
}
