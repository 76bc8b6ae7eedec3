import type { Context, ShopperActor, StaffActor } from "~/context";
import { reachable } from "~/conversations/find";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { ownerOf } from "./upload";

export interface StoredFile {
  name: string;
  mediaType: string;
  content: Uint8Array;
}

/**
 * A file that this person may see: staff those of any message of the shop, a shopper those of their own chats, and
 * everybody what they uploaded themselves. NotFound for every other id.
 */
export async function readFile(ctx: Context<ShopperActor> | Context<StaffActor>, id: string): Promise<StoredFile> {
  const found = isId(id)
    ? await ctx.db.prisma.attachment.findFirst({
        where: {
          shopId: ctx.shop.id,
          id,
          OR: [
            { owner: ownerOf(ctx) },
            ctx.actor.kind === "staff"
              ? { messageId: { not: null } }
              : { message: { conversation: reachable(ctx as Context<ShopperActor>) } },
          ],
        },
        select: { name: true, mediaType: true, content: true },
      })
    : null;
  if (!found) throw new NotFound("This file");
  return found;
}
