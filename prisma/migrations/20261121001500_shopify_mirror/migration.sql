-- CreateTable
CREATE TABLE "shopify_customer" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "emailKey" TEXT,
    "phone" TEXT,
    "phoneKey" TEXT,
    "locale" TEXT,
    "tags" TEXT[],
    "state" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL,
    "emailMarketing" TEXT,
    "emailMarketingUpdatedAt" TIMESTAMPTZ(3),
    "smsMarketing" TEXT,
    "smsMarketingUpdatedAt" TIMESTAMPTZ(3),
    "orderCount" INTEGER NOT NULL,
    "spent" DOUBLE PRECISION NOT NULL,
    "currency" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),
    "mergedInto" TEXT,

    CONSTRAINT "shopify_customer_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_order" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "customerId" TEXT,
    "email" TEXT,
    "emailKey" TEXT,
    "phone" TEXT,
    "phoneKey" TEXT,
    "cartToken" TEXT,
    "cartId" UUID,
    "currency" TEXT NOT NULL,
    "total" DOUBLE PRECISION NOT NULL,
    "currentTotal" DOUBLE PRECISION NOT NULL,
    "refunded" DOUBLE PRECISION NOT NULL,
    "financialStatus" TEXT,
    "fulfillmentStatus" TEXT NOT NULL,
    "returnStatus" TEXT NOT NULL,
    "cancelReason" TEXT,
    "discountCodes" TEXT[],
    "lines" JSONB NOT NULL,
    "fulfillments" JSONB NOT NULL,
    "returns" JSONB NOT NULL,
    "refunds" JSONB NOT NULL,
    "payments" JSONB NOT NULL,
    "subjectId" UUID NOT NULL,
    "processedAt" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "shopify_order_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_draft_order" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "customerId" TEXT,
    "cartId" UUID,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "total" DOUBLE PRECISION NOT NULL,
    "lines" JSONB NOT NULL,
    "orderId" TEXT,
    "orderName" TEXT,
    "subjectId" UUID NOT NULL,
    "invoiceSentAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "shopify_draft_order_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_checkout" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "customerId" TEXT,
    "cartId" UUID,
    "currency" TEXT NOT NULL,
    "total" DOUBLE PRECISION NOT NULL,
    "lines" JSONB NOT NULL,
    "subjectId" UUID NOT NULL,
    "completedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "shopify_checkout_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_product" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "tags" TEXT[],
    "image" TEXT,
    "currency" TEXT NOT NULL,
    "variants" JSONB NOT NULL,
    "words" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "shopify_product_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_company" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "externalId" TEXT,
    "contacts" JSONB NOT NULL,
    "locations" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "shopify_company_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_gone" (
    "shopId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopify_gone_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "shopify_denied" (
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fields" TEXT[],
    "toldAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopify_denied_pkey" PRIMARY KEY ("shopId","kind")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "operationId" TEXT,
    "askedAt" TIMESTAMPTZ(3),
    "url" TEXT,
    "partial" BOOLEAN NOT NULL DEFAULT false,
    "fileSize" BIGINT,
    "offset" BIGINT NOT NULL DEFAULT 0,
    "line" INTEGER NOT NULL DEFAULT 0,
    "rootCount" INTEGER NOT NULL DEFAULT 0,
    "objectCount" INTEGER NOT NULL DEFAULT 0,
    "read" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "older" INTEGER NOT NULL DEFAULT 0,
    "malformed" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "startedAt" TIMESTAMPTZ(3),
    "readingAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "lastFinishedAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("shopId","kind")
);

-- CreateTable
CREATE TABLE "sync_line" (
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "length" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "sync_line_pkey" PRIMARY KEY ("shopId","kind","line")
);

-- CreateIndex
CREATE INDEX "shopify_customer_shopId_emailKey_idx" ON "shopify_customer"("shopId", "emailKey");

-- CreateIndex
CREATE INDEX "shopify_customer_shopId_phoneKey_idx" ON "shopify_customer"("shopId", "phoneKey");

-- CreateIndex
CREATE INDEX "shopify_customer_shopId_updatedAt_idx" ON "shopify_customer"("shopId", "updatedAt");

-- CreateIndex
CREATE INDEX "shopify_order_shopId_customerId_processedAt_idx" ON "shopify_order"("shopId", "customerId", "processedAt" DESC);

-- CreateIndex
CREATE INDEX "shopify_order_shopId_name_idx" ON "shopify_order"("shopId", "name");

-- CreateIndex
CREATE INDEX "shopify_order_shopId_updatedAt_idx" ON "shopify_order"("shopId", "updatedAt");

-- CreateIndex
CREATE INDEX "shopify_draft_order_shopId_customerId_createdAt_idx" ON "shopify_draft_order"("shopId", "customerId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "shopify_draft_order_shopId_updatedAt_idx" ON "shopify_draft_order"("shopId", "updatedAt");

-- CreateIndex
CREATE INDEX "shopify_checkout_shopId_customerId_createdAt_idx" ON "shopify_checkout"("shopId", "customerId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "shopify_checkout_shopId_updatedAt_idx" ON "shopify_checkout"("shopId", "updatedAt");

-- CreateIndex
CREATE INDEX "shopify_product_shopId_updatedAt_idx" ON "shopify_product"("shopId", "updatedAt");

-- CreateIndex
CREATE INDEX "shopify_company_shopId_updatedAt_idx" ON "shopify_company"("shopId", "updatedAt");

-- CreateIndex
CREATE INDEX "sync_run_operationId_idx" ON "sync_run"("operationId");


-- Indexes that the models cannot say. Guests are found by what they wrote, and most orders have neither a cart of ours nor
-- a guest, so these are partial.
CREATE INDEX "shopify_order_cart" ON "shopify_order"("shopId", "cartId") WHERE "cartId" IS NOT NULL;
CREATE INDEX "shopify_order_cart_token" ON "shopify_order"("shopId", "cartToken") WHERE "cartToken" IS NOT NULL;
CREATE INDEX "shopify_order_guest_email" ON "shopify_order"("shopId", "emailKey") WHERE "customerId" IS NULL AND "emailKey" IS NOT NULL;
CREATE INDEX "shopify_order_guest_phone" ON "shopify_order"("shopId", "phoneKey") WHERE "customerId" IS NULL AND "phoneKey" IS NOT NULL;

-- Search by the beginnings of words.
CREATE INDEX "shopify_product_words" ON "shopify_product" USING gin (to_tsvector('simple', "words"));
CREATE INDEX "shopify_company_contacts" ON "shopify_company" USING gin ("contacts" jsonb_path_ops);
