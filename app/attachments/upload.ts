import type { Context, ShopperActor, StaffActor } from "~/context";
import { Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import type { AttachmentView } from "~/realtime/frames";
import { dimensionsOf } from "./dimensions";
import { cleanName, kindOf } from "./kinds";

/** Who may name an attachment in a message. */
export function ownerOf(ctx: Context<ShopperActor> | Context<StaffActor>): string {
  return ctx.actor.kind === "staff" ? `staff:${ctx.actor.id}` : `visitor:${ctx.actor.visitorId}`;
}

/**
 * Keeps a file until a message names it; one that none names is removed after a day. The caller has bounded its size.
 * Throws a Problem (415) for a kind that may not be attached.
 */
export async function upload(
  ctx: Context<ShopperActor> | Context<StaffActor>,
  input: { name: string; content: Uint8Array },
): Promise<AttachmentView> {
  if (input.content.byteLength === 0) throw new Invalid([{ field: "file", message: "This file is empty." }]);
  const mediaType = await kindOf(input.content);
  const now = ctx.clock.now();
  const shown: AttachmentView = {
    id: newId(now),
    name: cleanName(input.name, mediaType),
    mediaType,
    size: input.content.byteLength,
    width: null,
    height: null,
    ...dimensionsOf(input.content, mediaType),
  };
  await ctx.db.prisma.attachment.create({
    data: { ...shown, shopId: ctx.shop.id, owner: ownerOf(ctx), content: Buffer.from(input.content), at: now },
    select: { id: true },
  });
  return shown;
}
