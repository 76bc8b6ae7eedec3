import type { Context, StaffActor } from "~/context";
import { reply } from "~/conversations/reply";
import { Invalid } from "~/http/errors";
import { startChat } from "~/live-view/start-chat";
import { reachOf, signedInBrowser } from "./reach";

/**
 * Writes to a Shopify customer first, in the conversation that goes on with them or in a new one. The same `clientKey`
 * twice is one message. Throws Invalid when nothing can reach them, or for an empty text.
 */
export async function startConversation(
  ctx: Context<StaffActor>,
  input: { customer: string; text: string; clientKey: string },
): Promise<{ conversationId: string }> {
  const visitorId = await signedInBrowser(ctx, input.customer);
  if (!visitorId) {
    const { words } = await reachOf(ctx, input.customer);
    throw new Invalid([{ field: "text", message: words }]);
  }
  if (input.text.trim() === "") throw new Invalid([{ field: "text", message: "Write a message first." }]);
  const { conversationId } = await startChat(ctx, visitorId);
  const { text, clientKey } = input;
  await reply(ctx, { conversationId, text, clientKey, attachmentIds: [], seenPosition: null });
  return { conversationId };
}
