import { personSubjects } from "./person-subjects";

/** Which of the statements: the way to read, and what to leave out. */
export interface Shape {
  /** From the place towards older entries, or towards newer ones. */
  towards: "older" | "newer";
  filtered: boolean;
  searched: boolean;
}

/** Entries that one statement looks at, of all subjects together, when it shows only some of them. */
const lookedAt = 10_000;

const columns = `t."subjectId", t."at", t."id", t."kind", t."ref", t."data"`;

/** What one can search in an entry itself: titles of pages and products, names of orders, words searched for. */
const ownWords = `concat_ws(' ', w."data"->>'name', w."data"->>'title', w."data"->>'titles', w."data"->>'orderName', w."data"->>'returnName', w."data"->>'query')`;

/** Every pattern of $7 is in it. Looked up one by one: a join would read all messages there are. */
const hasWords = `
  CASE WHEN w."kind" IN ('message.received', 'message.sent', 'call.ended', 'contact.logged')
       THEN (SELECT m."text" ILIKE ALL ($7::text[]) FROM "message" m WHERE m."shopId" = $1::uuid AND m."id" = w."id" LIMIT 1)
       WHEN w."kind" = 'note.added'
       THEN (SELECT n."text" ILIKE ALL ($7::text[]) FROM "note" n WHERE n."shopId" = $1::uuid AND n."id" = w."id" LIMIT 1)
       WHEN w."kind" = 'customer.noted'
       THEN (SELECT n."text" ILIKE ALL ($7::text[]) FROM "customer_note" n WHERE n."shopId" = $1::uuid AND n."id" = w."id" LIMIT 1)
       ELSE ${ownWords} ILIKE ALL ($7::text[]) END`;

const note = (table: string) => `
  (SELECT jsonb_build_object('text', n."text", 'staffId', n."staffId") FROM "${table}" n
    WHERE n."shopId" = $1::uuid AND n."id" = e."id" LIMIT 1)`;

/**
 * What the entry says by rows of others: only the kinds that have some are looked up, one by one. A join of the tables
 * would cost every entry as much as those. Names of staff are added by who reads.
 */
const joined = `
  CASE WHEN e."kind" IN ('page.viewed', 'product.viewed', 'cart.changed') THEN NULL
       WHEN e."kind" IN ('message.received', 'message.sent', 'contact.logged') THEN (
         SELECT jsonb_build_object('text', m."text", 'staffId', m."staffId", 'attachments',
                  (SELECT count(*) FROM "attachment" a WHERE a."shopId" = $1::uuid AND a."messageId" = m."id"))
           FROM "message" m WHERE m."shopId" = $1::uuid AND m."id" = e."id" LIMIT 1)
       WHEN e."kind" = 'call.ended' THEN (
         SELECT jsonb_build_object('text', CASE WHEN e."data"->>'outcome' = 'voicemail' THEN m."text" ELSE '' END, 'recording',
                  (SELECT a."id" FROM "attachment" a WHERE a."shopId" = $1::uuid AND a."messageId" = m."id"
                      AND a."mediaType" LIKE 'audio/%' ORDER BY a."id" LIMIT 1))
           FROM "message" m WHERE m."shopId" = $1::uuid AND m."id" = e."id" LIMIT 1)
       WHEN e."kind" = 'note.added' THEN ${note("note")}
       WHEN e."kind" = 'customer.noted' THEN ${note("customer_note")}
       WHEN e."kind" IN ('customer.merged', 'customer.unmerged', 'customer.linked', 'customer.unlinked') THEN (
         SELECT jsonb_build_object('other', o."name") FROM "customer" o
          WHERE o."shopId" = $1::uuid AND o."id" = e."ref"::uuid LIMIT 1) END`;

/** Subjects whose indexes are read in step with one another; nearly nobody has more. */
const inStep = 8;

/**
 * The statement: $1 shop, $2 customer row, $3 and $4 the place to read from (not included), $5 how many rows; $6 kinds
 * when filtered; $7 patterns when searched (then $6 too). Rows come in the order of reading, of whole entries only.
 *
 * Unfiltered, the indexes of the first subjects are merged as they are read, so that no more rows are touched than are
 * given, and further subjects give their best. Filtered, each subject looks at a bounded number of rows; beyond the first
 * place where one stopped nothing is known, so nothing beyond it is given, and that place comes as a row with `fits`
 * false: one reads on from there.
 */
export function statementOf({ towards, filtered, searched }: Shape): string {
  const order = (of: string) =>
    towards === "older" ? `${of}"at" DESC, ${of}"id" DESC` : `${of}"at" ASC, ${of}"id" ASC`;
  const along = (subject: string) => `
    SELECT ${columns} FROM "timeline_entry" t
     WHERE t."shopId" = $1::uuid AND t."subjectId" = ${subject}
       AND (t."at", t."id") ${towards === "older" ? "<" : ">"} ($3::timestamptz, $4::uuid)
     ORDER BY ${order("t.")}`;
  const page = filtered
    ? `
  share AS MATERIALIZED (SELECT greatest(100, ${lookedAt} / greatest(1, count(*))) AS "rows" FROM subject),
  found AS MATERIALIZED (
    SELECT f.*, row_number() OVER (PARTITION BY f."subjectId" ORDER BY ${order("f.")}) AS "rank"
      FROM subject s CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT w.*, (w."kind" = ANY ($6::text[])${searched ? ` AND COALESCE(${hasWords}, false)` : ""}) AS "fits",
                 row_number() OVER (ORDER BY ${order("w.")}) AS "nth"
            FROM (${along(`s."id"`)} LIMIT (SELECT "rows" FROM share)) w
        ) w
         WHERE w."fits" OR w."nth" = (SELECT "rows" FROM share) ORDER BY ${order("w.")} LIMIT $5
      ) f
  ), cut AS MATERIALIZED (
    SELECT * FROM found WHERE "nth" = (SELECT "rows" FROM share) OR "rank" = $5 ORDER BY ${order("")} LIMIT 1
  ), page AS (
    (SELECT * FROM found f WHERE f."fits"
        AND NOT EXISTS (SELECT 1 FROM cut c WHERE (f."at", f."id") ${towards === "older" ? "<" : ">"} (c."at", c."id"))
      ORDER BY ${order("f.")} LIMIT $5)
    UNION ALL
    SELECT "subjectId", "at", "id", 'cut', NULL, '{}'::jsonb, false, 0, 0 FROM cut
  )`
    : `
  page AS (
    SELECT * FROM (
      ${Array.from({ length: inStep }, (_, nth) => `(${along(`(SELECT "id" FROM subject OFFSET ${nth} LIMIT 1)`)})`).join(" UNION ALL ")}
      UNION ALL (
        SELECT t.* FROM (SELECT "id" FROM subject OFFSET ${inStep}) s CROSS JOIN LATERAL (${along(`s."id"`)} LIMIT $5) t
         ORDER BY ${order("t.")} LIMIT $5
      )
    ) t ORDER BY ${order("t.")} LIMIT $5
  )`;
  return `
  WITH ${personSubjects},${page}
  SELECT (extract(epoch FROM e."at") * 1000)::float8 AS "at", e."id", e."kind", e."ref", e."data", ${filtered ? `e."fits"` : "true"} AS "fits", ${joined} AS "joined"
    FROM page e
   ORDER BY ${order("e.")}`;
}
