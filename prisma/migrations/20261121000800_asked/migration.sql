ALTER TABLE "cart" ADD COLUMN "askedAt" TIMESTAMPTZ(3);
ALTER TABLE "draft_order" ADD COLUMN "askedAt" TIMESTAMPTZ(3);
CREATE INDEX "draft_order_shopId_status_askedAt_idx" ON "draft_order"("shopId", "status", "askedAt");
