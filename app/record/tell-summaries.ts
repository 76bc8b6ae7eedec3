import type { AppContext } from "~/context";
import type { Transaction } from "~/db.server";
import { undecided } from "~/realtime/cursor";

const consumer = "customer-summaries";

/** What can make a summary say something else. */
const kinds = [
  "conversation.opened",
  "message.received",
  "message.sent",
  "conversation.closed",
  "conversation.reopened",
  "conversation.rated",
  "conversation.split",
  "conversation.unsplit",
  "customer.identified",
  "customer.merged",
  "customer.unmerged",
  "customer.parted",
];

/** Facts of one look, and looks of one run: more than a minute brings, so that a backlog of an hour is soon read. */
const atOnce = 2_000;
const mostLooks = 500;

/**
 * Reads the log on from where it last stopped and asks for the summaries of the customers whose conversations changed.
 * It runs once a minute, so a customer's is written at most once a minute, however much they write. Facts that are not
 * decided yet are left for the next look, so none is passed over.
 */
export async function tellSummaries(app: AppContext): Promise<void> {
  for (let turn = 0; turn < mostLooks; turn += 1) {
    if ((await app.db.prisma.$transaction((tx) => look(tx, app.clock.now()), { timeout: 30_000 })) < atOnce) return;
  }
}

/** Answers how many facts there were. */
async function look(tx: Transaction, now: Date): Promise<number> {
  // The first look begins at the end of the log: what was before is told with the next word.
  await tx.$executeRawUnsafe(
    `INSERT INTO "log_cursor" ("consumer", "xid", "id", "at") VALUES ($1, ${undecided}, 0, $2) ON CONFLICT DO NOTHING`,
    consumer,
    now,
  );
  const [from] = await tx.$queryRaw<
    { xid: bigint; id: bigint }[]
  >`SELECT "xid", "id" FROM "log_cursor" WHERE "consumer" = ${consumer} FOR UPDATE`;
  if (!from) return 0;
  const facts = await tx.$queryRawUnsafe<Fact[]>(
    `SELECT "xid", "id", "shopId", "customerId", "kind", "data" ->> 'otherId' AS "otherId" FROM "event"
      WHERE ("xid", "id") > ($1::bigint, $2::bigint) AND "xid" < ${undecided}
      ORDER BY "xid", "id" LIMIT ${atOnce}`,
    from.xid,
    from.id,
  );
  const last = facts.at(-1);
  if (!last) return 0;
  const wanted = new Map(
    facts
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap(({ shopId, customerId, otherId }) =>
        [customerId, otherId].flatMap((id) => (id ? [[`${shopId} ${id}`, { shopId, customerId: id }] as const] : [])),
      ),
  );
  await askFor(tx, [...wanted]);
  await tx.logCursor.update({ where: { consumer }, data: { xid: last.xid, id: last.id, at: now } });
  return facts.length;
}

/** All in one statement: one for each would be too many trips for a full look. */
async function askFor(tx: Transaction, wanted: [string, { shopId: string; customerId: string }][]): Promise<void> {
  const keys = wanted.map(([key]) => `summary ${key}`);
  const payloads = wanted.map(([, payload]) => JSON.stringify(payload));
  await tx.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW('tell-summary', "payload"::json, NULL, NULL, 12, "key", NULL, NULL)::graphile_worker.job_spec
        FROM unnest(${keys}::text[], ${payloads}::text[]) AS g("key", "payload") ORDER BY "key"))`;
}

interface Fact {
  xid: bigint;
  id: bigint;
  shopId: string;
  customerId: string | null;
  kind: string;
  /** The other leaf of a merge: undone, each of the two has a summary of its own again. */
  otherId: string | null;
}
