import { expect, it } from "vitest";
import { verifyShop } from "~/audit/verify";
import { findOrOpen } from "~/conversations/open";
import { createDraft } from "~/draft-orders/create";
import { prepareDraft } from "~/draft-orders/prepare";
import { sendIntoConversation } from "~/draft-orders/send-invoice";
import { updateDraft } from "~/draft-orders/update";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { setStage } from "../support/stage";

it("the audit log is told who made, changed and sent a draft order, and not to whom", async () => {
  const stage = await setStage();
  const { staff } = stage;
  const shopper = await stage.shopper({ email: "sam@example.com" });
  const cart = await stage.cart(shopper);
  const conversation = await change(shopper, (tx) => findOrOpen(tx, shopper));
  const { form } = await prepareDraft(staff, { cartId: cart.id, conversationId: conversation.id });
  const draft = await createDraft(staff, form);
  await createDraft(staff, form);
  await updateDraft(staff, { ...form, note: "Wrap it" });
  const text = `Here you are, Sam: ${draft.invoiceUrl}`;
  const sent = { draftOrderId: draft.id, text, clientKey: newId(), seenPosition: null };
  await sendIntoConversation(staff, sent);
  await sendIntoConversation(staff, sent);
  const entries = await stage.app.db.prisma.auditEntry.findMany({
    where: { shopId: staff.shop.id, subjectKind: "draft-order" },
    orderBy: { seq: "asc" },
  });
  expect(entries.map(({ action, subjectId, detail }) => ({ action, subjectId, detail }))).toEqual([
    { action: "draft-order.created", subjectId: draft.id, detail: {} },
    { action: "draft-order.changed", subjectId: draft.id, detail: {} },
    { action: "draft-order.sent", subjectId: draft.id, detail: { by: "conversation" } },
  ]);
  expect(await verifyShop(stage.app.db.sql, staff.shop.id)).toMatchObject({ whole: true });
});
