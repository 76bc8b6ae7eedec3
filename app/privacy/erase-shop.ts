import type { Context } from "~/context";
import { newId } from "~/platform/ids";
import { log } from "~/platform/log";
import { hashesOf } from "./keys";
import { type Receipt, signReceipt } from "./receipt";
import { personTables } from "./tables/person-tables";

/** Every table with a shop's rows, those that point at others before those they point at. A test holds it complete. */
export const shopTables = [
  "audit_entry",
  "audit_head",
  "event",
  "timeline_entry",
  "page_view",
  "attachment",
  "rating",
  "delivery",
  "mail_body",
  "inbound",
  "call_leg",
  "call",
  "message",
  "note",
  "conversation_read",
  "conversation_split",
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
  "endpoint",
  "channel_account",
  "customer",
  "call_agent",
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

/**
 * Removes a shop and everything of it (shop/redact), its sessions, webhooks and waiting jobs included. A signed receipt
 * of it stays, which names the shop by a keyed hash. Harmless when repeated: what is gone has no second receipt.
 */
export async function eraseShop(ctx: Context): Promise<void> {
  const at = ctx.clock.now();
  const id = newId(at);
  const { id: shopId, domain } = ctx.shop;
  await ctx.db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL statement_timeout = '5min'");
      const [shop] = await tx.$queryRaw<object[]>`SELECT 1 FROM "shop" WHERE "id" = ${shopId}::uuid FOR UPDATE`;
      if (!shop) return;
      // The audit log is append-only in the database; this is its one door, open for this shop and transaction.
      await tx.$executeRaw`SELECT set_config('throughline.erasing_shop', ${shopId}, true)`;
      const erased: Receipt["erased"] = [];
      const told = (table: string, rows: number) => erased.push({ what: whatOf.get(table) ?? table, table, rows });
      for (const table of shopTables) {
        told(table, await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE "shopId" = $1::uuid`, shopId));
      }
      told("webhook_delivery", (await tx.webhookDelivery.deleteMany({ where: { shopDomain: domain } })).count);
      told("session", (await tx.session.deleteMany({ where: { shop: domain } })).count);
      const jobs = await tx.$executeRaw`
        DELETE FROM graphile_worker._private_jobs
         WHERE "payload" ->> 'shopId' = ${shopId} OR "payload" ->> 'shopDomain' = ${domain}`;
      told("graphile_worker.jobs", jobs);
      told("shop", (await tx.shop.deleteMany({ where: { id: shopId } })).count);
      const [shopHash = ""] = hashesOf("erased shops", domain);
      const receipt: Receipt = {
        version: 1,
        id,
        app: "Throughline",
        shop: shopHash,
        at: at.toISOString(),
        of: "shop",
        askedBy: { kind: "shopify" },
        hashes: [shopHash],
        erased,
        kept: [],
        remarks: ["Backups of the database hold the shop until they expire."],
      };
      await tx.shopErasure.create({ data: { id, shopHash, at, ...signReceipt(receipt) } });
    },
    { timeout: 300_000 },
  );
  log.info({ shop: shopId, receipt: id }, "a shop was erased");
}

const whatOf = new Map(personTables.map(({ table, what }) => [table, what]));
