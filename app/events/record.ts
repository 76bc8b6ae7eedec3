import type { Actor, Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { EventData, EventKind, EventSubjects } from "./catalogue";
import { storyOf } from "./story";

/** The id that the log keeps of who acted. */
export function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "staff":
      return actor.id;
    case "shopper":
      return actor.visitorId;
    case "shopify":
    case "app":
      return null;
  }
}

/**
 * Writes one fact to the log, and to the story of whom it is about where it is part of that (`story.ts`), in the
 * transaction that makes it true and in one statement. `change` tells the listeners after the commit; one that is not
 * told finds the row by itself within a second.
 */
export async function record<Kind extends EventKind>(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  data: EventData[Kind],
  subjects: EventSubjects = {},
): Promise<void> {
  const { actor, shop } = ctx;
  const at = ctx.clock.now();
  const entry = storyOf(kind, data, subjects, actor.kind === "staff" ? actor.id : null);
  const { conversationId = null, customerId = null, visitorId = null, cartId = null, position = null } = subjects;
  await tx.$executeRaw`
    WITH logged AS (
      INSERT INTO "event" ("shopId", "at", "kind", "actor", "actorId", "conversationId", "customerId", "visitorId", "cartId", "position", "data")
      VALUES (${shop.id}::uuid, ${at}::timestamptz, ${kind}, ${actor.kind}, ${actorId(actor)}, ${conversationId}::uuid,
              ${customerId}::uuid, ${visitorId}::uuid, ${cartId}::uuid, ${position}::int, ${JSON.stringify(data)}::jsonb)
      RETURNING "shopId", "at", "id"
    )
    INSERT INTO "timeline_entry" ("shopId", "subjectId", "at", "id", "kind", "ref", "data")
    SELECT "shopId", ${entry?.subjectId ?? null}::uuid, "at",
           -- A UUID of version 8 that orders facts of the same millisecond as the log does, and before a message of it.
           COALESCE(${entry?.id ?? null}::uuid, ('00000000-0000-8000-8000-' || lpad(to_hex("id"), 12, '0'))::uuid),
           ${entry?.kind ?? null}, ${entry?.ref ?? null}, ${JSON.stringify(entry?.data ?? {})}::jsonb
      FROM logged WHERE ${entry !== null}
        ON CONFLICT DO NOTHING`;
}
