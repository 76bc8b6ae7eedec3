import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { maskNote } from "~/privacy/mask";
import { lockForStaff, subjectsOf } from "./find";
import { takePosition } from "./take-position";
import { cleanText } from "./text";

/** Adds a note that only staff can read. A second arrival of the same client key is the same note. */
export async function note(
  ctx: Context<StaffActor>,
  input: { conversationId: string; text: string; clientKey: string },
): Promise<{ id: string; position: number }> {
  const text = maskNote(cleanText(input.text));
  if (!isId(input.clientKey)) throw new Invalid([{ field: "text", message: "Reload the page and add it again." }]);
  return change(ctx, async (tx) => {
    const conversation = await lockForStaff(tx, ctx, input.conversationId);
    const repeated = await tx.note.findFirst({
      where: { shopId: ctx.shop.id, conversationId: conversation.id, clientKey: input.clientKey },
      select: { id: true, position: true },
    });
    if (repeated) return repeated;
    const now = ctx.clock.now();
    const position = await takePosition(tx, ctx, conversation.id);
    const made = await tx.note.create({
      data: {
        shopId: ctx.shop.id,
        id: newId(now),
        conversationId: conversation.id,
        position,
        staffId: ctx.actor.id,
        text,
        clientKey: input.clientKey,
        at: now,
      },
      select: { id: true, position: true },
    });
    await record(tx, ctx, "note.added", { noteId: made.id }, subjectsOf(conversation, position));
    return made;
  });
}
