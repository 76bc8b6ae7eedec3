import { type ActionGroup, type AuditAction, type AuditDetail, actions, type SubjectKind } from "~/audit/catalogue";
import type { Context, StaffActor } from "~/context";
import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";
import { actionsNamed } from "./actions-named";

/** What one looks for; empty texts and null mean anything. */
export interface ActivitySearch {
  /** Words of a person's name, address or number, of a draft order's name, of what was done, or an id. */
  search: string;
  /** Our id of a member of staff, or the kind of actor that is none: `shopper`, `shopify`, `app`. */
  who: string;
  group: ActionGroup | "";
  /** Days of the shop, as YYYY-MM-DD, both included. */
  from: string;
  to: string;
}

/** One entry as the activity log shows it. Times are ISO 8601. */
export interface ActivityRow {
  /** Its number in the shop's chain. */
  seq: string;
  at: string;
  actorKind: string;
  /** Set for staff: their name at that time. */
  actorName: string | null;
  action: AuditAction;
  subjectKind: SubjectKind;
  subjectId: string | null;
  /** What the subject is called now; null when it has no name, or is no longer there. */
  subjectName: string | null;
  /** What the other one is called, where two were merged, linked or kept apart. */
  otherName: string | null;
  /** Whether the subject can still be opened. */
  there: boolean;
  detail: AuditDetail;
  /** Names of staff whom `detail` names by id. */
  detailName: string | null;
}

export interface ActivityPage {
  rows: ActivityRow[];
  /** Give it to get the entries before these; null when these are the first there are. */
  nextCursor: string | null;
}

/** Whether the chain was found whole, for the page and for Home. */
export interface ChainState {
  entries: string;
  verifiedAt: string | null;
  verifiedEntries: string | null;
  broken: { entry: string; reason: string; foundAt: string } | null;
}

export const activityPage = 50;
const mostPeople = 200;
const mostTalks = 2_000;

/** Entries of the audit log, newest first. Throws Invalid for a day or a cursor that is none. */
export async function listActivity(
  ctx: Context<StaffActor>,
  input: ActivitySearch & { cursor: string | null },
  limit = activityPage,
): Promise<ActivityPage> {
  if (input.cursor !== null && !/^\d{1,18}$/.test(input.cursor)) throw changed();
  const words = input.search.trim();
  const { actions: done, rest } = actionsNamed(words);
  const subjects = words ? await subjectsNamed(ctx, words) : null;
  const among = done.length > 0 && rest ? await subjectsNamed(ctx, rest) : null;
  const found = await ctx.db.sql.query<Omit<ActivityRow, "at"> & { at: Date }>(
    `SELECT e."seq"::text, e."at", e."actorKind", e."actorName", e."action", e."subjectKind", e."subjectId", e."detail",
            COALESCE(talker."name", talker."email", talker."phone", person."name", person."email", person."phone",
                     draft."name") AS "subjectName",
            COALESCE(another."name", another."email", another."phone") AS "otherName",
            (e."subjectId" IS NULL OR talk."id" IS NOT NULL OR leaf."id" IS NOT NULL OR draft."id" IS NOT NULL) AS "there",
            colleague."name" AS "detailName"
       FROM (
         SELECT * FROM "audit_entry" e
          WHERE e."shopId" = $1
            AND ($2::bigint IS NULL OR e."seq" < $2)
            AND ($3::text IS NULL OR e."actorId" = $3)
            AND ($4::text IS NULL OR e."actorKind" = $4)
            AND ($5::text[] IS NULL OR e."action" = ANY ($5))
            AND ($6::text[] IS NULL OR e."subjectId" = ANY ($6) OR e."detail"->>'otherId' = ANY ($6)
                 OR (e."action" = ANY ($10)
                     AND ($11::text[] IS NULL OR e."subjectId" = ANY ($11) OR e."detail"->>'otherId' = ANY ($11))))
            AND ($7::date IS NULL OR e."at" >= $7::timestamp AT TIME ZONE ${zone})
            AND ($8::date IS NULL OR e."at" < ($8::date + 1)::timestamp AT TIME ZONE ${zone})
          ORDER BY e."seq" DESC LIMIT $9) e
       LEFT JOIN "conversation" talk ON e."subjectKind" = 'conversation' AND talk."shopId" = e."shopId" AND talk."id" = ${subject}
       LEFT JOIN "customer" talking ON talking."shopId" = talk."shopId" AND talking."id" = talk."customerId"
       LEFT JOIN "customer" talker ON talker."shopId" = talking."shopId" AND talker."id" = talking."personId"
       LEFT JOIN "customer" leaf ON e."subjectKind" = 'customer' AND leaf."shopId" = e."shopId" AND leaf."id" = ${subject}
       LEFT JOIN "customer" person ON person."shopId" = leaf."shopId" AND person."id" = leaf."personId"
       LEFT JOIN "draft_order" draft ON e."subjectKind" = 'draft-order' AND draft."shopId" = e."shopId" AND draft."id" = ${subject}
       LEFT JOIN "customer" another ON another."shopId" = e."shopId" AND another."id"::text = e."detail"->>'otherId'
       LEFT JOIN "staff" colleague ON colleague."shopId" = e."shopId" AND colleague."id"::text = e."detail"->>'staffId'
      ORDER BY e."seq" DESC`,
    [
      ctx.shop.id,
      input.cursor,
      isId(input.who) ? input.who : null,
      input.who !== "" && !isId(input.who) ? input.who : null,
      input.group === "" ? null : ofGroup(input.group),
      subjects,
      day(input.from, "from"),
      day(input.to, "to"),
      limit + 1,
      done,
      among,
    ],
  );
  const rows = found.rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { rows, nextCursor: found.rows.length > limit ? (rows.at(-1)?.seq ?? null) : null };
}

/** What is known of the shop's chain. */
export async function chainState(ctx: Context): Promise<ChainState> {
  const head = await ctx.db.prisma.auditHead.findUnique({ where: { shopId: ctx.shop.id } });
  const { brokenSeq, brokenReason, brokenFoundAt } = head ?? {};
  return {
    entries: String(head?.seq ?? 0),
    verifiedAt: head?.verifiedAt?.toISOString() ?? null,
    verifiedEntries: head?.verifiedSeq?.toString() ?? null,
    broken:
      brokenFoundAt && brokenSeq != null
        ? { entry: brokenSeq.toString(), reason: brokenReason ?? "", foundAt: brokenFoundAt.toISOString() }
        : null,
  };
}

/** The shop's own days begin at its own midnight. */
const zone = `(SELECT COALESCE(s."timezone", 'UTC') FROM "shop" s WHERE s."id" = $1)`;
/** An id of another form, such as a number of Shopify's, joins nothing. */
const subject = `(CASE WHEN e."subjectId" ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' THEN e."subjectId"::uuid END)`;

function ofGroup(group: ActionGroup): string[] {
  return Object.entries(actions).flatMap(([action, one]) => (one.group === group ? [action] : []));
}

/** Ids of everything that the words are about: people, what they talked, and draft orders. */
async function subjectsNamed(ctx: Context, words: string): Promise<string[]> {
  const patterns = words
    .split(/\s+/)
    .slice(0, 6)
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const found = await ctx.db.sql.query<{ id: string }>(
    `WITH people AS (
       SELECT "id" FROM "customer" WHERE "shopId" = $1 AND "personId" IN (
         SELECT "personId" FROM "customer"
          WHERE "shopId" = $1 AND concat_ws(E'\\n', "name", "email", "phone") ILIKE ALL ($2::text[]) LIMIT ${mostPeople})
     )
     SELECT "id"::text FROM people
      UNION ALL (SELECT "id"::text FROM "conversation" WHERE "shopId" = $1 AND "customerId" IN (SELECT "id" FROM people)
                  ORDER BY "lastMessageAt" DESC LIMIT ${mostTalks})
      UNION ALL (SELECT "id"::text FROM "draft_order" WHERE "shopId" = $1 AND "name" ILIKE ALL ($2::text[])
                  LIMIT ${mostPeople})`,
    [ctx.shop.id, patterns],
  );
  return [...(isId(words) ? [words.toLowerCase()] : []), ...found.rows.map(({ id }) => id)];
}

function day(given: string, field: string): string | null {
  if (given === "") return null;
  const valid = /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given));
  if (!valid) throw new Invalid([{ field, message: "Enter a day." }]);
  return given;
}

function changed(): Invalid {
  return new Invalid([{ field: "cursor", message: "This list has changed. Load it again." }]);
}
