import type { Context, ShopperActor } from "~/context";
import { receive } from "~/conversations/receive";
import type { MessageView } from "~/realtime/frames";
import type { StateAnswer } from "./answers";
import { claim } from "./claim";
import { chatState } from "./state";

export interface Said {
  conversationId?: string | null | undefined;
  text: string;
  clientKey: string;
  attachmentIds: string[];
  name?: string | undefined;
  email?: string | undefined;
}

/**
 * A shopper writes: what they typed about themselves is kept as a claim, then the message. The consent line stands over
 * the box until the first message, so sending it is the consent. Answers with the message and the state it is in.
 */
export async function say(
  ctx: Context<ShopperActor>,
  input: Said,
): Promise<{ message: MessageView; state: StateAnswer }> {
  await claim(ctx, input);
  const message = await receive(ctx, {
    conversationId: input.conversationId ?? null,
    text: input.text,
    clientKey: input.clientKey,
    attachmentIds: input.attachmentIds,
  });
  await ctx.db.prisma.visitor.updateMany({
    where: { shopId: ctx.shop.id, id: ctx.actor.visitorId, consentedAt: null },
    data: { consentedAt: ctx.clock.now() },
  });
  const state = await chatState(ctx, { after: message.position - 1 }, message.conversationId);
  return { message, state };
}
