import type { Context, StaffActor } from "~/context";
import { counts } from "~/inbox/counts";
import type { InboxCounts } from "~/inbox/inbox-row";
import { type LiveSummary, summary } from "~/live-view/list-carts";
import { type ChainState, chainState } from "~/settings/activity-log";
import { readSettings } from "~/settings/settings";
import { type FirstSync, firstSync } from "~/shopify-data/sync/progress";
import { type SetupSteps, setupSteps } from "./setup-steps";

/** What needs doing now, as Home shows it. */
export interface Today {
  counts: InboxCounts;
  /** Shoppers who wait for an answer, the longest first. */
  waiting: Waiting[];
  live: LiveSummary;
  widget: WidgetStatus;
  /** Null once they are put away. */
  setup: SetupSteps | null;
  /** Whether the activity log can be relied on. */
  chain: ChainState;
  /** How far the shop's data is; null when it is all there. */
  sync: FirstSync | null;
}

export interface Waiting {
  id: string;
  customerName: string | null;
  customerEmail: string | null;
  customerPhone: string | null;
  /** As in the rows of the inbox. */
  addressProven: boolean;
  lastMessageText: string;
  /** ISO 8601 */
  waitingSince: string;
  assigneeId: string | null;
  assigneeName: string | null;
}

/** Whether the chat is on in the live theme, as App Bridge last told. */
export type WidgetStatus = "on" | "off" | "unknown";

const mostWaiting = 5;

/** Reads what Home shows. */
export async function today(ctx: Context<StaffActor>): Promise<Today> {
  const shop = await ctx.db.prisma.shop.findUniqueOrThrow({
    where: { id: ctx.shop.id },
    select: { settings: true, widgetStatus: true },
  });
  const settings = readSettings(shop);
  const widget = shop.widgetStatus === "on" || shop.widgetStatus === "off" ? shop.widgetStatus : "unknown";
  const [held, longest, live, chain, sync, setup] = await Promise.all([
    counts(ctx),
    waitingLongest(ctx),
    summary(ctx),
    chainState(ctx),
    firstSync(ctx),
    settings.setupDismissedAt ? null : setupSteps(ctx, settings, widget),
  ]);
  return { counts: held, waiting: longest, live, widget, chain, sync, setup };
}

async function waitingLongest(ctx: Context<StaffActor>): Promise<Waiting[]> {
  const found = await ctx.db.sql.query<Omit<Waiting, "waitingSince"> & { waitingSince: Date }>({
    name: "home-waiting",
    text: `
      SELECT c."id", COALESCE(w."name", p."name") AS "customerName",
             COALESCE(w."email", p."email") AS "customerEmail",
             COALESCE(w."phone", p."phone") AS "customerPhone", (p."shopifyCustomerId" IS NOT NULL OR EXISTS (
               SELECT 1 FROM "customer" m JOIN "identity" i ON i."shopId" = m."shopId" AND i."customerId" = m."id"
                WHERE m."shopId" = p."shopId" AND m."provenId" = p."provenId" AND i."grade" <> 'claimed'
             )) AS "addressProven",
             c."lastMessageText", c."waitingSince",
             c."assigneeId", s."name" AS "assigneeName"
        FROM (SELECT * FROM "conversation" WHERE "shopId" = $1 AND "status" = 'open' AND "waitingSince" IS NOT NULL
               ORDER BY "waitingSince" LIMIT ${mostWaiting}) c
        JOIN "customer" p ON p."shopId" = c."shopId" AND p."id" = c."customerId"
        JOIN "customer" w ON w."shopId" = p."shopId" AND w."id" = p."personId"
        LEFT JOIN "staff" s ON s."shopId" = c."shopId" AND s."id" = c."assigneeId"
       ORDER BY c."waitingSince"`,
    values: [ctx.shop.id],
  });
  return found.rows.map((row) => ({ ...row, waitingSince: row.waitingSince.toISOString() }));
}
