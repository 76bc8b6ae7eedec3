import type { Context, ShopperActor, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import type { AttachmentView } from "~/realtime/frames";
import { dimensionsOf, isBomb } from "./dimensions";
import { cleanName, kindOf } from "./kinds";
import { putBytes, takeOff } from "./store/store";
import { strip } from "./strip/strip";

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
  const by = ctx.actor.kind;
  const mediaType = await kindOf(input.content, { name: input.name, by });
  if (isBomb(input.content, mediaType)) {
    throw new Invalid([{ field: "file", message: "This picture has too many pixels. Send a smaller one." }]);
  }
  const content = strip(input.content, mediaType);
  if (!content)
    throw new Invalid([{ field: "file", message: "This picture is damaged. Save it anew and send it again." }]);
  const now = ctx.clock.now();
  const shown: AttachmentView = {
    id: newId(now),
    name: cleanName(input.name, mediaType),
    mediaType,
    size: content.byteLength,
    width: null,
    height: null,
    state: "there",
    reason: null,
    ...dimensionsOf(content, mediaType),
  };
  const placed = await putBytes(ctx, shown.id, content);
  await change(ctx, async (tx) => {
    await tx.attachment.create({
      data: { ...shown, ...placed.row, shopId: ctx.shop.id, owner: ownerOf(ctx), at: now },
      select: { id: true },
    });
    await takeOff(tx, placed);
  });
  return shown;
}
