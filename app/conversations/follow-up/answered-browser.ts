import type { Conversation } from "@prisma/client";
import type { Account, InboundMessage } from "~/channels/channel";
import type { Transaction } from "~/db.server";

type Answer = Pick<InboundMessage, "from" | "thread" | "replyTo" | "content" | "echo">;

const isForged = (message: Answer): boolean => message.content?.email?.authentication.verdict === "forged";

/**
 * The conversation from whose chat replies were mailed to this very address, where the message names that mail by its id,
 * which only that mail held. For accounts that cannot have a signed address for each conversation.
 */
export async function answeredFollowUp(
  tx: Transaction,
  account: Pick<Account, "shopId" | "id" | "kind">,
  message: Answer,
): Promise<string | null> {
  const references = [...(message.replyTo ? [message.replyTo] : []), ...(message.thread?.references ?? [])].slice(
    0,
    50,
  );
  if (account.kind !== "email" || references.length === 0 || message.echo || isForged(message)) return null;
  const [row] = await tx.$queryRaw<{ conversationId: string }[]>`
    SELECT m."conversationId" FROM "delivery" d
      JOIN "message" m ON m."shopId" = d."shopId" AND m."id" = d."messageId" AND m."content" ? 'followUp'
      JOIN "endpoint" e ON e."shopId" = d."shopId" AND e."id" = d."endpointId" AND e."address" = ${message.from.address}
     WHERE d."shopId" = ${account.shopId}::uuid AND d."accountId" = ${account.id}::uuid
       AND d."externalId" = ANY (${references}::text[])
     ORDER BY d."queuedAt" DESC LIMIT 1`;
  return row?.conversationId ?? null;
}

/**
 * The browser in whose chat a mail is shown: it answers (by the signed address, or by the id of the mail) what was mailed
 * from there to the address that it comes from, whose domain does not say that somebody else wrote it. Null for every
 * other mail. Who is proven to be whom does not change by it.
 */
export async function answeredBrowser(
  tx: Transaction,
  { shopId, id, visitorId }: Pick<Conversation, "shopId" | "id" | "visitorId">,
  answering: string | null,
  message: Answer,
): Promise<string | null> {
  if (visitorId === null || answering !== id || message.echo || isForged(message)) return null;
  const [row] = await tx.$queryRaw<{ mailed: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "message" m
        JOIN "endpoint" e ON e."shopId" = m."shopId" AND e."id" = m."endpointId" AND e."address" = ${message.from.address}
       WHERE m."shopId" = ${shopId}::uuid AND m."conversationId" = ${id}::uuid AND m."content" ? 'followUp'
         AND m."deletedAt" IS NULL) AS "mailed"`;
  return row?.mailed ? visitorId : null;
}
