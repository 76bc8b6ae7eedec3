import type { Context } from "~/context";
import { samePerson } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { isId } from "~/platform/ids";
import type { Account, InboundMessage } from "./channel";
import type { NamedConversation } from "./email/thread/decide-thread";
import type { Known } from "./sender";

/** References that are looked up; a mail may name thousands. */
const most = 50;

/**
 * The conversations that a message names, by a signed address or by messages that it answers, and what its sender has to
 * do with each. An empty id names nothing.
 */
export async function namedConversations(
  tx: Transaction,
  ctx: Context,
  account: Account,
  { thread, replyTo }: InboundMessage,
  sender: Known & { address: string },
): Promise<NamedConversation[]> {
  const signed = thread?.conversationId && isId(thread.conversationId) ? thread.conversationId : null;
  const references = [...(replyTo ? [replyTo] : []), ...(thread?.references ?? [])]
    .filter((one) => one !== "")
    .slice(0, most);
  if (!signed && references.length === 0) return [];
  const found = await tx.$queryRaw<
    {
      conversationId: string;
      place: number;
      closedAt: Date | null;
      belongs: boolean;
      wasCopied: boolean;
      splitFromSigned: boolean;
    }[]
  >`
    WITH members AS (${samePerson(ctx.shop.id, sender.customerId)}), named AS (
      -- What was split off and put back is answered where it is now.
      SELECT COALESCE(u."fromId", ${signed}::uuid) AS "conversationId", 0 AS "place"
        FROM (SELECT 1) one LEFT JOIN "conversation_split" u
          ON u."shopId" = ${ctx.shop.id}::uuid AND u."intoId" = ${signed}::uuid AND u."undoneAt" IS NOT NULL
       WHERE ${signed !== null}
      UNION ALL
      SELECT k."conversationId", r."at"::int FROM unnest(${references}::text[]) WITH ORDINALITY AS r("id", "at")
        JOIN LATERAL (
          SELECT m."conversationId" FROM "message" m
           WHERE m."shopId" = ${ctx.shop.id}::uuid AND m."accountId" = ${account.id}::uuid AND m."externalId" = r."id"
           UNION ALL
          SELECT m."conversationId" FROM "delivery" d JOIN "message" m ON m."shopId" = d."shopId" AND m."id" = d."messageId"
           WHERE d."shopId" = ${ctx.shop.id}::uuid AND d."accountId" = ${account.id}::uuid AND d."externalId" = r."id"
           LIMIT 1) k ON true
    ), nearest AS (SELECT "conversationId", min("place") AS "place" FROM named GROUP BY "conversationId")
    SELECT n."conversationId", n."place", c."closedAt",
           EXISTS (SELECT 1 FROM "conversation_split" s
                    WHERE s."shopId" = c."shopId" AND s."intoId" = c."id" AND s."fromId" = ${signed}::uuid AND s."undoneAt" IS NULL) AS "splitFromSigned",
           c."customerId" IN (SELECT "id" FROM members) OR EXISTS (
             SELECT 1 FROM "message" m LEFT JOIN "endpoint" e ON e."shopId" = m."shopId" AND e."id" = m."endpointId"
              WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id"
                AND (m."customerId" IN (SELECT "id" FROM members) OR e."customerId" IN (SELECT "id" FROM members))) AS "belongs",
           EXISTS (
             SELECT 1 FROM "message" m WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id"
                AND jsonb_path_exists(m."content", '$.email.*[*].address ? (@ == $address)', jsonb_build_object('address', ${sender.address}::text)))
           OR EXISTS (
             SELECT 1 FROM "message" m JOIN "endpoint" e ON e."shopId" = m."shopId" AND e."id" = m."endpointId"
              WHERE m."shopId" = c."shopId" AND m."conversationId" = c."id" AND e."accountId" = ${account.id}::uuid
                AND e."address" = ${sender.address} AND m."author" = 'staff') AS "wasCopied"
      FROM nearest n JOIN "conversation" c ON c."shopId" = ${ctx.shop.id}::uuid AND c."id" = n."conversationId"`;
  // It came to the address of a conversation and answers what was split from that one since: it follows what it answers, and
  // the address vouches for it as much.
  const nearest = found.filter(({ place }) => place > 0).sort((one, other) => one.place - other.place)[0];
  const follows = nearest?.splitFromSigned ? nearest.conversationId : null;
  return found.map(({ place, splitFromSigned: _, ...one }) => ({
    ...one,
    by: (follows === null ? place === 0 : one.conversationId === follows)
      ? ("signed-address" as const)
      : ("reference" as const),
    place: Math.max(place - 1, 0),
  }));
}
