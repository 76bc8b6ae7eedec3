import { audit } from "~/audit/audit";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { isId, newId } from "~/platform/ids";
import { maskNote } from "~/privacy/mask";
import { membersOf } from "./members";

/** The most characters of one. */
const longest = 4_000;

/**
 * Keeps a note on the person, with the leaf that is named; for staff only. What must not be kept is masked. A second arrival of the
 * same `clientKey` is the same note. Throws NotFound and Invalid.
 */
export async function addNote(
  ctx: Context<StaffActor>,
  input: { customerId: string; text: string; clientKey: string },
): Promise<void> {
  const text = maskNote(input.text.trim());
  if (text === "") throw new Invalid([{ field: "text", message: "Write something first." }]);
  if (text.length > longest) {
    throw new Invalid([{ field: "text", message: `A note has ${longest.toLocaleString("en")} characters at most.` }]);
  }
  if (!isId(input.clientKey)) throw new Invalid([{ field: "clientKey", message: "This must be a UUID." }]);
  await change(ctx, async (tx) => {
    const { customerIds, personId } = await membersOf(tx, ctx.shop.id, input.customerId);
    const at = ctx.clock.now();
    const known = { shopId: ctx.shop.id, customerId: { in: customerIds }, clientKey: input.clientKey };
    if ((await tx.customerNote.count({ where: known })) > 0) return;
    const id = newId(at);
    const { count } = await tx.customerNote.createMany({
      data: [
        {
          ...{ shopId: ctx.shop.id, id, customerId: input.customerId, staffId: ctx.actor.id },
          text,
          clientKey: input.clientKey,
          at,
        },
      ],
      skipDuplicates: true,
    });
    if (count !== 1) return;
    await record(tx, ctx, "customer.noted", { noteId: id }, { customerId: input.customerId });
    await audit(tx, ctx, {
      action: "customer.changed",
      subjectKind: "customer",
      subjectId: personId,
      detail: { noteId: id },
    });
  });
}
