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
  CASE WHEN w."kind" IN ('message.received', 'message.sent')
       THEN (SELECT m."text" ILIKE ALL ($7::text[]) FROM "message" m WHERE m."shopId" = $1::uuid AND m."id" = w."id" LIMIT 1)
       WHEN w."kind" = 'note.added'
       THEN (SELECT n."text" ILIKE ALL ($7::text[]) FROM "note" n WHERE n."shopId" = $1::uuid AND n."id" = w."id" LIMIT 1)
       WHEN w."kind" = 'customer.noted'
       THEN (SELECT n."text" ILIKE ALL ($7::text[]) FROM "customer_note" n WHERE n."shopId" = $1::uuid AND n."id" = w."id" LIMIT 1)
       ELSE ${ownWords} ILIKE ALL ($7::text[]) END`;

/**
 * The statement: $1 shop, $2 customer row, $3 and $4 the place to read from (not included), $5 how many rows; $6 kinds
 * when filtered; $7 patterns when searched (then $6 too). Rows come in the order of reading, of whole entries only.
 *
 * Unfiltered, each subject gives its next rows along the key and the best of all are taken. Filtered, each subject looks
 * at a bounded number of rows; beyond the first place where one stopped nothing is known, so nothing beyond it is given,
 * and that place comes as a row with `fits` false: one reads on from there.
 */
export function statementOf({ towards, filtered, searched }: Shape): string {
  const order = (of: string) =>
    towards === "older" ? `${of}"at" DESC, ${of}"id" DESC` : `${of}"at" ASC, ${of}"id" ASC`;
  const along = `
    SELECT ${columns} FROM "timeline_entry" t
     WHERE t."shopId" = $1::uuid AND t."subjectId" = s."id"
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
            FROM (${along} LIMIT (SELECT "rows" FROM share)) w
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
    SELECT t.*, true AS "fits" FROM subject s CROSS JOIN LATERAL (${along} LIMIT $5) t ORDER BY ${order("t.")} LIMIT $5
  )`;
  return `
  WITH ${personSubjects},${page}
  SELECT e."at", e."id", e."kind", e."ref", e."data", e."fits",
         COALESCE(m."text", n."text", p."text") AS "text", m."attachments", s."name" AS "staffName",
         ts."name" AS "toStaffName", o."name" AS "otherName"
    FROM page e
    LEFT JOIN LATERAL (
      SELECT m."text", m."staffId", (SELECT count(*)::int FROM "attachment" a WHERE a."shopId" = $1::uuid AND a."messageId" = m."id") AS "attachments"
        FROM "message" m WHERE e."kind" IN ('message.received', 'message.sent') AND m."shopId" = $1::uuid AND m."id" = e."id" LIMIT 1
    ) m ON true
    LEFT JOIN LATERAL (
      SELECT n."text" FROM "note" n WHERE e."kind" = 'note.added' AND n."shopId" = $1::uuid AND n."id" = e."id" LIMIT 1
    ) n ON true
    LEFT JOIN LATERAL (
      SELECT p."text" FROM "customer_note" p WHERE e."kind" = 'customer.noted' AND p."shopId" = $1::uuid AND p."id" = e."id" LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
      SELECT s."name" FROM "staff" s
       WHERE (m."staffId" IS NOT NULL OR e."data" ? 'staffId')
         AND s."shopId" = $1::uuid AND s."id" = COALESCE(m."staffId", (e."data"->>'staffId')::uuid) LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT s."name" FROM "staff" s
       WHERE e."kind" = 'conversation.assigned' AND s."shopId" = $1::uuid AND s."id" = (e."data"->>'toStaffId')::uuid LIMIT 1
    ) ts ON true
    LEFT JOIN LATERAL (
      SELECT o."name" FROM "customer" o
       WHERE e."kind" IN ('customer.merged', 'customer.unmerged', 'customer.linked', 'customer.unlinked')
         AND o."shopId" = $1::uuid AND o."id" = CASE WHEN e."kind" LIKE 'customer.%' THEN e."ref" END::uuid LIMIT 1
    ) o ON true
   ORDER BY ${order("e.")}`;
}
