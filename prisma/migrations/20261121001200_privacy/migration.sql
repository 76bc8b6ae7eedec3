-- What people allowed and forbade, whom nothing may bring back, and what erasures and the nightly run did.

-- CreateTable
CREATE TABLE "consent" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customerId" UUID,
    "visitorId" UUID,
    "channel" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "touchpoint" TEXT NOT NULL,
    "wording" TEXT,
    "language" TEXT,
    "source" TEXT NOT NULL,
    "endpointKind" TEXT,
    "endpoint" TEXT,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "tombstone" (
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "erasedAt" TIMESTAMPTZ(3) NOT NULL,
    "returnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("shopId","kind","hash")
);

-- CreateTable
CREATE TABLE "erasure_receipt" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,

    CONSTRAINT "erasure_receipt_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shop_erasure" (
    "id" UUID NOT NULL,
    "shopHash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,

    CONSTRAINT "shop_erasure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_run" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "counts" JSONB NOT NULL,
    "unfinished" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateIndex
CREATE INDEX "consent_shopId_customerId_at_idx" ON "consent"("shopId", "customerId", "at" DESC);

-- CreateIndex
CREATE INDEX "consent_shopId_visitorId_at_idx" ON "consent"("shopId", "visitorId", "at" DESC);

-- CreateIndex
CREATE INDEX "erasure_receipt_shopId_at_idx" ON "erasure_receipt"("shopId", "at" DESC);

-- CreateIndex
CREATE INDEX "shop_erasure_shopHash_idx" ON "shop_erasure"("shopHash");

-- CreateIndex
CREATE INDEX "retention_run_shopId_at_idx" ON "retention_run"("shopId", "at" DESC);
