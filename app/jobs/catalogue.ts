import { z } from "zod";
import { removeUnsentAttachments } from "~/attachments/remove-unsent";
import { removeBytes } from "~/attachments/store/store";
import { verifyNightly } from "~/audit/verify";
import { followCall } from "~/calls/follow";
import { keepRecording } from "~/calls/recordings";
import { settleCalls } from "~/calls/settle-calls";
import { deliver } from "~/channels/deliver";
import { fetchFile } from "~/channels/fetch-file";
import { lookForMissed, lookForMissedEverywhere } from "~/channels/missed";
import { readInbound, takeUpInbound } from "~/channels/receive";
import { takeUpDeliveries } from "~/channels/take-up-deliveries";
import { tellShopify } from "~/consent/to-shopify";
import type { AppContext } from "~/context";
import { followUp } from "~/conversations/follow-up/follow-up";
import { reopen } from "~/conversations/reopen";
import { settleDraft, settleOpenDrafts } from "~/draft-orders/settle";
import { voidDraft } from "~/draft-orders/void";
import { env } from "~/env.server";
import { ensurePartitions } from "~/events/partitions";
import { forgetOld } from "~/privacy/forget-old";
import { takeUpDue } from "~/reconcile/due";
import { readAgain } from "~/reconcile/read-again";
import { readRecords } from "~/reconcile/read-records";
import { reconcile, reconcileShops } from "~/reconcile/reconcile";
import { forgetSummary } from "~/record/forget-summary";
import { tellSummaries } from "~/record/tell-summaries";
import { tellSummary } from "~/record/tell-summary";
import { settleCart, settleSilentCarts } from "~/selling/settle-carts";
import { contextOf } from "~/shop/context-of";
import { startPixel } from "~/shopify/web-pixel";
import { forgetWebhooks, handleWebhook } from "~/shopify/webhooks/handle";
import { handleTogether, takeUpWebhooks } from "~/shopify/webhooks/handle-together";
import { kinds } from "~/shopify-data/kinds";
import { syncShop, syncShops } from "~/shopify-data/sync/advance";
import { forgetCodes, sendCode } from "~/visitors/send-code";
import { priorityOf } from "./priority";

/**
 * Every job there is: the shape of its payload and what it does. A job that throws is tried again, twelve times over
 * about three days; each must be harmless when it runs twice.
 */
export const jobs = {
  "wake-conversation": job(z.object({ shopId: z.string(), conversationId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await reopen(ctx, payload.conversationId, "snooze-over");
  }),
  "handle-webhook": job(z.object({ shopDomain: z.string(), webhookId: z.string() }), handleWebhook),
  "handle-webhooks": job(z.object({ shopDomain: z.string() }), handleTogether),
  "take-up-webhooks": job(z.object({}), takeUpWebhooks),
  "take-up-due": job(z.object({}), takeUpDue),
  "reconcile-shops": job(z.object({}), reconcileShops),
  reconcile: job(z.object({ shopId: z.string() }), reconcile),
  "read-again": job(z.object({ shopId: z.string(), kind: z.enum(kinds) }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId, { kind: "shopify" });
    if (ctx) await readAgain(ctx, payload.kind);
  }),
  /** Someone signed in to the storefront whom we had not met: their name and address come from Shopify. */
  "know-customer": job(z.object({ shopId: z.string(), shopifyCustomerId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId, { kind: "shopify" });
    if (ctx) await readRecords(ctx, "customers", [payload.shopifyCustomerId]);
  }),
  "tell-summaries": job(z.object({}), tellSummaries),
  "tell-summary": job(z.object({ shopId: z.string(), customerId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await tellSummary(ctx, payload.customerId);
  }),
  "forget-summary": job(z.object({ shopId: z.string(), shopifyCustomerId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await forgetSummary(ctx, payload.shopifyCustomerId);
  }),
  /** Shopify does not switch a web pixel on by itself. */
  "start-pixel": job(z.object({ shopId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await startPixel(ctx, new URL(env().SHOPIFY_APP_URL).origin);
  }),
  /** A consent or a withdrawal that was said here, for Shopify. */
  "tell-consent": job(z.object({ shopId: z.string(), consentId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await tellShopify(ctx, payload.consentId);
  }),
  /** What a provider sent of one account, in order. */
  "read-inbound": job(z.object({ shopId: z.string(), accountId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await readInbound(ctx, payload.accountId);
  }),
  /** A message of ours on its way out. */
  "deliver-message": job(z.object({ shopId: z.string(), messageId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await deliver(ctx, payload.messageId);
  }),
  /** Replies in a chat that nobody saw go by e-mail. */
  "follow-up-chat": job(z.object({ shopId: z.string(), conversationId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await followUp(ctx, payload.conversationId);
  }),
  "fetch-file": job(z.object({ shopId: z.string(), attachmentId: z.string() }), async (app, payload, isLast) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await fetchFile(ctx, payload.attachmentId, isLast);
  }),
  "take-up-inbound": job(z.object({}), takeUpInbound),
  "take-up-deliveries": job(z.object({}), takeUpDeliveries),
  /** What a provider has and never delivered. */
  "look-for-missed": job(z.object({ shopId: z.string(), accountId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await lookForMissed(ctx, payload.accountId);
  }),
  "look-for-missed-everywhere": job(z.object({}), lookForMissedEverywhere),
  /** A call goes on: whom to ring, join or let go at the provider. */
  "follow-call": job(z.object({ shopId: z.string(), callId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await followCall(ctx, payload.callId);
  }),
  "keep-recording": job(
    z.object({ shopId: z.string(), callId: z.string(), recordingId: z.string() }),
    async (app, payload) => {
      const ctx = await contextOf(app, payload.shopId);
      if (ctx) await keepRecording(ctx, payload.callId, payload.recordingId);
    },
  ),
  "settle-calls": job(z.object({}), settleCalls),
  "forget-webhooks": job(z.object({}), (app) => forgetWebhooks(app)),
  "send-code": job(z.object({ shopId: z.string(), codeId: z.string() }), sendCode),
  "forget-codes": job(z.object({}), forgetCodes),
  "void-draft": job(z.object({ shopId: z.string(), draftOrderId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId);
    if (ctx) await voidDraft(ctx, payload.draftOrderId);
  }),
  "settle-open-drafts": job(z.object({}), settleOpenDrafts),
  "settle-draft": job(z.object({ shopId: z.string(), draftOrderId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId, { kind: "shopify" });
    if (ctx) await settleDraft(ctx, payload.draftOrderId);
  }),
  "settle-silent-carts": job(z.object({}), settleSilentCarts),
  "settle-cart": job(z.object({ shopId: z.string(), cartId: z.string() }), async (app, payload) => {
    const ctx = await contextOf(app, payload.shopId, { kind: "shopify" });
    if (ctx) await settleCart(ctx, payload.cartId);
  }),
  "sync-shop": job(z.object({ shopId: z.string() }), syncShop),
  "sync-shops": job(z.object({}), syncShops),
  "remove-unsent-attachments": job(z.object({}), async (app) => removeUnsentAttachments(app.db, app.clock.now())),
  "remove-files": job(z.object({}), async (app) => removeBytes(app.db, app.clock.now())),
  "forget-old": job(z.object({}), forgetOld),
  "verify-audit": job(z.object({}), verifyNightly),
  "make-partitions": job(z.object({}), async (app) => ensurePartitions(app.db.locks, app.clock.now())),
} satisfies Record<string, Job<z.ZodType>>;

/** What runs by the clock: when (UTC), which job, and within which time a missed one is made up for. */
const byClock: readonly { at: string; name: JobName; fill?: string }[] = [
  { at: "* * * * *", name: "take-up-webhooks" },
  { at: "* * * * *", name: "take-up-inbound" },
  { at: "* * * * *", name: "take-up-deliveries" },
  { at: "* * * * *", name: "take-up-due" },
  { at: "* * * * *", name: "settle-calls" },
  { at: "* * * * *", name: "tell-summaries" },
  { at: "*/5 * * * *", name: "sync-shops" },
  { at: "*/15 * * * *", name: "look-for-missed-everywhere" },
  { at: "17 3 * * *", name: "make-partitions", fill: "1d" },
  { at: "43 * * * *", name: "remove-unsent-attachments", fill: "1h" },
  { at: "*/5 * * * *", name: "remove-files" },
  { at: "29 4 * * *", name: "forget-webhooks", fill: "1d" },
  { at: "47 2 * * *", name: "forget-old", fill: "1d" },
  { at: "53 * * * *", name: "forget-codes", fill: "1h" },
  { at: "37 1 * * *", name: "verify-audit", fill: "1d" },
  { at: "11 * * * *", name: "settle-open-drafts", fill: "1h" },
  { at: "31 * * * *", name: "settle-silent-carts", fill: "1h" },
  { at: "51 * * * *", name: "reconcile-shops", fill: "1h" },
];

/** The same as crontab lines of the worker. */
export const timetable = byClock
  .map(({ at, name, fill }) => `${at} ${name} ?priority=${priorityOf(name)}${fill ? `&fill=${fill}` : ""}`)
  .join("\n");

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.input<(typeof jobs)[Name]["payload"]>;

export interface Job<Payload extends z.ZodType> {
  payload: Payload;
  /** `isLast`: nobody tries it again when it throws. */
  run(app: AppContext, payload: z.output<Payload>, isLast?: boolean): Promise<unknown>;
}

function job<Payload extends z.ZodType>(payload: Payload, run: Job<Payload>["run"]): Job<Payload> {
  return { payload, run };
}
