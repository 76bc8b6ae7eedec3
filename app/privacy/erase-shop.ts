import type { Context } from "~/context";
import { log } from "~/platform/log";

/** Every table with a shop's rows, those that point at others before those they point at. A test holds it complete. */
export const shopTables = [
  "audit_entry",
  "audit_head",
  "event",
  "timeline_entry",
  "page_view",
  "attachment",
  "rating",
  "message",
  "note",
  "conversation_read",
  "sale",
  "draft_order",
  "conversation",
  "cart",
  "email_code",
  "visitor",
  "identity",
  "customer_summary",
  "customer_note",
  "customer_link",
  "customer_apart",
  "customer_merge",
  "customer",
  "staff",
  "data_request",
  "consent",
  "tombstone",
  "erasure_receipt",
  "retention_run",
  "reconcile_run",
  "shopify_due",
  "shopify_customer",
  "shopify_order",
  "shopify_draft_order",
  "shopify_checkout",
  "shopify_product",
  "shopify_company",
  "shopify_gone",
  "shopify_denied",
  "sync_run",
  "sync_line",
] as const;

/** Removes a shop and everything of it (shop/redact), its sessions and webhooks included. Harmless when repeated. */
export async function eraseShop(ctx: Context): Promise<void> {
  await ctx.db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL statement_timeout = '5min'");
      // The audit log is append-only in the database; this is its one door, open for this shop and transaction.
      await tx.$executeRaw`SELECT set_config('throughline.erasing_shop', ${ctx.shop.id}, true)`;
      for (const table of shopTables) {
        await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE "shopId" = $1::uuid`, ctx.shop.id);
      }
      await tx.webhookDelivery.deleteMany({ where: { shopDomain: ctx.shop.domain } });
      await tx.session.deleteMany({ where: { shop: ctx.shop.domain } });
      await tx.shop.deleteMany({ where: { id: ctx.shop.id } });
    },
    { timeout: 300_000 },
  );
  log.info({ shop: ctx.shop.id }, "a shop was erased");
}
