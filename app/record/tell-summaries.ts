import type { AppContext } from "~/context";
import { enqueue } from "~/jobs/enqueue";
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
  "customer.identified",
  "customer.merged",
  "customer.unmerged",
];

/** Facts of one look; when there are more, the next look is a minute later and loses nothing. */
const atOnce = 20_000;

/**
 * Reads the log on from where it last stopped and asks for the summaries of the customers whose conversations changed.
 * It runs once a minute, so a customer's is written at most once a minute, however much they write. Facts that are not
 * decided yet are left for the next look, so none is passed over.
 */
export async function tellSummaries(app: AppContext): Promise<void> {
  await app.db.prisma.$transaction(async (tx) => {
    const now = app.clock.now();
    // The first look begins at the end of the log: what was before is told with the next word.
    await tx.$executeRawUnsafe(
      `INSERT INTO "log_cursor" ("consumer", "xid", "id", "at") VALUES ($1, ${undecided}, 0, $2) ON CONFLICT DO NOTHING`,
      consumer,
      now,
    );
    const [from] = await tx.$queryRaw<
      { xid: bigint; id: bigint }[]
    >`SELECT "xid", "id" FROM "log_cursor" WHERE "consumer" = ${consumer} FOR UPDATE`;
    if (!from) return;
    const facts = await tx.$queryRawUnsafe<
      { xid: bigint; id: bigint; shopId: string; customerId: string | null; kind: string }[]
    >(
      `SELECT "xid", "id", "shopId", "customerId", "kind" FROM "event"
        WHERE ("xid", "id") > ($1::bigint, $2::bigint) AND "xid" < ${undecided}
        ORDER BY "xid", "id" LIMIT ${atOnce}`,
      from.xid,
      from.id,
    );
    const last = facts.at(-1);
    if (!last) return;
    const wanted = new Map(
      facts
        .filter((fact) => fact.customerId && kinds.includes(fact.kind))
        .map(({ shopId, customerId }) => [`${shopId} ${customerId}`, { shopId, customerId: customerId as string }]),
    );
    for (const [key, payload] of wanted) await enqueue(tx, "tell-summary", payload, { key: `summary ${key}` });
    await tx.logCursor.update({ where: { consumer }, data: { xid: last.xid, id: last.id, at: now } });
  });
}
