import type { Conversation } from "@prisma/client";
import type { MessageContent } from "~/channels/content";
import type { Transaction } from "~/db.server";
import type { StandingEntry } from "./entry";

/** Every message and note of a conversation whose row is locked, in the order of their places. */
export async function entriesOf(
  tx: Transaction,
  { shopId, id }: Pick<Conversation, "shopId" | "id">,
): Promise<StandingEntry[]> {
  const where = { shopId, conversationId: id };
  const messages = await tx.message.findMany({ where, include: { _count: { select: { attachments: true } } } });
  const notes = await tx.note.findMany({ where });
  return [
    ...messages.map(({ id, position, at, customerId, visitorId, author, text, channel, ...rest }) => {
      const content = rest.content as MessageContent | null;
      return {
        ...{ id, position, at, customerId, author, text, channel },
        // A mail may be shown to a browser (it answers what was mailed from its chat) and is not written there.
        visitorId: channel === "chat" ? visitorId : null,
        endpointId: rest.endpointId,
        automatic: Boolean(content?.email?.automatic),
        followUp: Boolean(content?.followUp),
        takenBack: rest.deletedAt !== null,
        files: rest._count.attachments,
        kind: "message" as const,
      };
    }),
    ...notes.map(({ id, position, at, text }) => ({
      ...{ id, position, at, text, customerId: null, visitorId: null, author: "staff", channel: "", endpointId: null },
      ...{ automatic: false, followUp: false, takenBack: false, files: 0 },
      kind: "note" as const,
    })),
  ].sort((one, other) => one.position - other.position);
}
