import type { Told } from "~/timeline/catalogue";
import { entryId } from "~/timeline/subject";
import type { DraftOrderRow } from "../mirror/tables";

/** What a draft order tells that was made in Shopify's own admin or by another app. Pure. */
export function draftOrderStory(draft: DraftOrderRow): Told[] {
  const { subjectId, id, name, total, currency } = draft;
  const told: Told[] = [
    {
      subjectId,
      at: draft.createdAt,
      id: entryId("draft-order.created", id),
      kind: "draft-order.created",
      ref: id,
      data: { name, total, currency },
    },
  ];
  if (draft.invoiceSentAt) {
    told.push({
      subjectId,
      at: draft.invoiceSentAt,
      id: entryId("draft-order.invoice-sent", id),
      kind: "draft-order.invoice-sent",
      ref: id,
      data: { name, by: "shopify" },
    });
  }
  if (draft.completedAt && draft.orderId) {
    told.push({
      subjectId,
      at: draft.completedAt,
      id: entryId("draft-order.paid", id),
      kind: "draft-order.paid",
      ref: id,
      data: { name, orderId: draft.orderId, orderName: draft.orderName ?? "" },
    });
  }
  return told;
}
