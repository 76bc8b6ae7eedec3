-- Whoever reads has the record for themselves, and the oldest is read first
DROP INDEX "shopify_due_shopId_kind_urgent_since_idx";
ALTER TABLE "shopify_due" DROP COLUMN "urgent", ADD COLUMN "takenUntil" TIMESTAMPTZ(3);
CREATE INDEX "shopify_due_shopId_kind_since_idx" ON "shopify_due"("shopId", "kind", "since");
