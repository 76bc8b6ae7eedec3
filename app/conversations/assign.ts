import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { isId } from "~/platform/ids";
import { lockForStaff, subjectsOf } from "./find";
import { takePosition } from "./take-position";

/** Gives the conversation to a member of staff, or to nobody (null). Giving it to whoever has it changes nothing. */
export async function assign(
  ctx: Context<StaffActor>,
  input: { conversationId: string; staffId: string | null },
): Promise<void> {
  await change(ctx, async (tx) => {
    const conversation = await lockForStaff(tx, ctx, input.conversationId);
    if (conversation.assigneeId === input.staffId) return;
    const staff =
      input.staffId !== null && isId(input.staffId)
        ? await tx.staff.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: input.staffId } } })
        : null;
    if (input.staffId !== null && !staff) {
      throw new Invalid([{ field: "staffId", message: "This person is no longer on your team." }]);
    }
    await tx.conversation.update({
      where: { shopId_id: { shopId: ctx.shop.id, id: conversation.id } },
      data: { assigneeId: input.staffId },
    });
    const position = await takePosition(tx, ctx, conversation.id);
    const data = { staffId: staff?.id ?? null, staffName: staff?.name ?? null };
    await record(tx, ctx, "conversation.assigned", data, subjectsOf(conversation, position));
    await audit(tx, ctx, {
      action: "conversation.assigned",
      subjectKind: "conversation",
      subjectId: conversation.id,
      detail: { staffId: staff?.id ?? null },
    });
  });
}
