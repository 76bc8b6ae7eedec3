import type { Context } from "~/context";
import type { Settings } from "~/settings/settings";
import type { WidgetStatus } from "./today";

/** What a new shop does first; each ticks itself when it is done. */
export interface SetupSteps {
  chatOn: boolean;
  privacyLink: boolean;
  answered: boolean;
  draftOrderSent: boolean;
}

/** Which of the first steps are done. */
export async function setupSteps(ctx: Context, settings: Settings, widget: WidgetStatus): Promise<SetupSteps> {
  const shopId = ctx.shop.id;
  const [answered, sent] = await Promise.all([
    ctx.db.prisma.message.findFirst({ where: { shopId, author: "staff" }, select: { id: true } }),
    ctx.db.prisma.draftOrder.findFirst({
      where: { shopId, status: { in: ["invoice_sent", "paid"] } },
      select: { id: true },
    }),
  ]);
  return {
    chatOn: widget === "on",
    privacyLink: settings.privacyPolicyUrl !== null,
    answered: answered !== null,
    draftOrderSent: sent !== null,
  };
}
