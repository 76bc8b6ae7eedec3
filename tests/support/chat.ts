import type { Context, ShopperActor, StaffActor } from "~/context";
import { receive } from "~/conversations/receive";
import { reply } from "~/conversations/reply";
import type { Database } from "~/db.server";
import { newId } from "~/platform/ids";
import type { MessageView } from "~/realtime/frames";
import type { TestShop } from "./context";

export interface Chat {
  id: string;
  shopper: Context<ShopperActor>;
  first: MessageView;
}

/** A chat that a new browser has begun. */
export async function startChat(shop: TestShop, text = "Where is my parcel?"): Promise<Chat> {
  const shopper = await shop.shopper();
  const first = await receive(shopper, { conversationId: null, text, clientKey: newId(), attachmentIds: [] });
  return { id: first.conversationId, shopper, first };
}

/** The shopper writes. */
export function say(
  shopper: Context<ShopperActor>,
  conversationId: string | null,
  text: string,
  more: { clientKey?: string; attachmentIds?: string[] } = {},
): Promise<MessageView> {
  return receive(shopper, { conversationId, text, clientKey: newId(), attachmentIds: [], ...more });
}

/** Staff answer, whatever they have seen. */
export function respond(
  staff: Context<StaffActor>,
  conversationId: string,
  text: string,
  more: { clientKey?: string; attachmentIds?: string[]; seenPosition?: number | null } = {},
): Promise<MessageView> {
  return reply(staff, { conversationId, text, clientKey: newId(), attachmentIds: [], seenPosition: null, ...more });
}

/** The kinds of the facts about a conversation, in the order of its places; those without one come last. */
export async function factsOf(db: Database, conversationId: string): Promise<string[]> {
  const found = await db.prisma.event.findMany({
    where: { conversationId },
    orderBy: [{ position: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    select: { kind: true },
  });
  return found.map((fact) => fact.kind);
}

export async function conversationRow(db: Database, shopId: string, id: string) {
  return db.prisma.conversation.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
}

/** An uploaded picture that no message carries yet. */
export async function upload(db: Database, shopId: string, owner: string): Promise<string> {
  const id = newId();
  const content = Buffer.from("89504e470d0a1a0a", "hex");
  await db.prisma.attachment.create({
    data: {
      shopId,
      id,
      owner,
      name: "shoe.png",
      mediaType: "image/png",
      size: content.length,
      content,
      at: new Date(),
    },
  });
  return id;
}
