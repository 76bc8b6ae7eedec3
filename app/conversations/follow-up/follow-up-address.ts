import type { Conversation } from "@prisma/client";
import { mayContact } from "~/consent/may-contact";
import type { Context } from "~/context";
import { normaliseEmail } from "~/customers/normalise";
import type { Transaction } from "~/db.server";
import { isErased } from "~/privacy/tombstones";

/** Where a mail goes, and whose address it is. */
export interface FollowUpAddress {
  address: string;
  customerId: string;
}

/**
 * The address at which the person of a chat is reached by mail: a proven one of theirs, else what was typed last in the
 * chat. Null when there is none, they said no, or whoever had it was erased since.
 */
export async function followUpAddress(
  tx: Transaction,
  ctx: Context,
  { customerId, visitorId }: Pick<Conversation, "customerId" | "visitorId">,
): Promise<FollowUpAddress | null> {
  const shopId = ctx.shop.id;
  const [row] = await tx.$queryRaw<{ address: string; customerId: string; at: Date }[]>`
    SELECT k."address", k."customerId", k."at"
      FROM "customer" c
      JOIN "customer" o ON o."shopId" = c."shopId" AND o."provenId" = c."provenId"
      JOIN LATERAL (
        SELECT i."value" AS "address", i."customerId", i."lastSeenAt" AS "at", i."grade" <> 'claimed' AS "proven" FROM "identity" i
         WHERE i."shopId" = o."shopId" AND i."customerId" = o."id" AND i."kind" = 'email'
         UNION ALL
        SELECT o."email", o."id", o."updatedAt", o."shopifyCustomerId" IS NOT NULL WHERE o."email" IS NOT NULL
      ) k ON true
     WHERE c."shopId" = ${shopId}::uuid AND c."id" = ${customerId}::uuid
     ORDER BY k."proven" DESC, k."at" DESC, k."address" LIMIT 1`;
  const address = normaliseEmail(row?.address ?? "");
  if (!row || !address || (await isErased(tx, shopId, { email: address, at: row.at }))) return null;
  const endpoint = { kind: "email", value: address } as const;
  const verdict = await mayContact(tx, ctx, { customerId, visitorId, channel: "email", purpose: "service", endpoint });
  return verdict.allowed ? { address, customerId: row.customerId } : null;
}
