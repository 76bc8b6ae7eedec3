-- What webhooks lost is found by windows of updated_at, and what they told is read again

CREATE TABLE "reconcile_run" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "windowFrom" TIMESTAMPTZ(3) NOT NULL,
    "windowTo" TIMESTAMPTZ(3) NOT NULL,
    "kinds" JSONB NOT NULL DEFAULT '{}',
    "compared" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "stale" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "reconcile_run_pkey" PRIMARY KEY ("shopId","id")
);

CREATE INDEX "reconcile_run_shopId_startedAt_idx" ON "reconcile_run"("shopId", "startedAt" DESC);

-- One under way at a time in a shop
CREATE UNIQUE INDEX "reconcile_run_under_way" ON "reconcile_run"("shopId") WHERE "endedAt" IS NULL;

CREATE TABLE "shopify_due" (
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT true,
    "noted" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopify_due_pkey" PRIMARY KEY ("shopId","kind","id")
);

CREATE INDEX "shopify_due_shopId_kind_urgent_since_idx" ON "shopify_due"("shopId", "kind", "urgent" DESC, "since");

-- Deliveries that are handled many at a time, while they wait
ALTER TABLE "webhook_delivery" ADD COLUMN "together" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery"("shopDomain", "receivedAt") WHERE "together" AND "handledAt" IS NULL;
