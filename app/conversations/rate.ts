import type { Context, ShopperActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { maskShopperText } from "~/privacy/mask";
import { lockForShopper, subjectsOf } from "./find";
import { takePosition } from "./take-position";

/** A comment longer than this is not a word about a conversation any more. */
export const longestComment = 1_000;

export interface Rated {
  conversationId: string;
  /** One (bad) to five (good). */
  score: number;
  comment: string | null;
}

/**
 * Keeps how the shopper found the conversation. Said again, the last word counts; the same word changes nothing. Throws
 * Invalid, and NotFound for a conversation that is not theirs.
 */
export async function rate(ctx: Context<ShopperActor>, input: Rated): Promise<void> {
  const { score } = input;
  if (!Number.isInteger(score) || score < 1 || score > 5) {
    throw new Invalid([{ field: "score", message: "Choose one to five." }]);
  }
  const said = (input.comment ?? "").trim();
  if (said.length > longestComment) throw new Invalid([{ field: "comment", message: "This is too long." }]);
  const comment = said === "" ? null : maskShopperText(said);
  await change(ctx, async (tx) => {
    const conversation = await lockForShopper(tx, ctx, input.conversationId);
    const where = { shopId_conversationId: { shopId: ctx.shop.id, conversationId: conversation.id } };
    const before = await tx.rating.findUnique({ where });
    if (before?.score === score && before.comment === comment) return;
    const now = { score, comment, visitorId: ctx.actor.visitorId, at: ctx.clock.now() };
    await tx.rating.upsert({
      where,
      create: { shopId: ctx.shop.id, conversationId: conversation.id, ...now },
      update: now,
    });
    // A word with it is no second rating.
    if (before?.score === score) return;
    const position = await takePosition(tx, ctx, conversation.id);
    await record(tx, ctx, "conversation.rated", { score }, subjectsOf(conversation, position));
  });
}
