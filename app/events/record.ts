import type { Actor, Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { EventData, EventKind, EventSubjects } from "./catalogue";

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
 * Writes one fact to the log, in the transaction that makes it true. `change` tells the listeners after the
 * commit; one that is not told finds the row by itself within a second.
 */
export async function record<Kind extends EventKind>(
  tx: Transaction,
  ctx: Context,
  kind: Kind,
  data: EventData[Kind],
  subjects: EventSubjects = {},
): Promise<void> {
  await tx.event.create({
    data: {
      shopId: ctx.shop.id,
      at: ctx.clock.now(),
      kind,
      actor: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      conversationId: subjects.conversationId ?? null,
      customerId: subjects.customerId ?? null,
      visitorId: subjects.visitorId ?? null,
      cartId: subjects.cartId ?? null,
      position: subjects.position ?? null,
      data: data as object,
    },
    select: { shopId: true },
  });
}
