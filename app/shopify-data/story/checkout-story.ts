import type { Told } from "~/timeline/catalogue";
import { entryId } from "~/timeline/subject";
import type { CheckoutRow } from "../mirror/tables";

/** What a checkout tells that was begun and left, with whether it was taken up again. Pure. */
export function checkoutStory(checkout: CheckoutRow): Told[] {
  const { subjectId, id, total, currency, lines, completedAt } = checkout;
  return [
    {
      subjectId,
      at: checkout.createdAt,
      id: entryId("checkout.abandoned", id),
      kind: "checkout.abandoned",
      ref: id,
      data: {
        total,
        currency,
        itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
        titles: lines.slice(0, 3).map((line) => line.title),
        ...(completedAt ? { recoveredAt: completedAt.toISOString() } : {}),
      },
    },
  ];
}
