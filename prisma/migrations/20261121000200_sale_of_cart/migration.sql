ALTER TABLE "sale" ADD COLUMN "cartId" UUID;

CREATE UNIQUE INDEX "sale_shopId_cartId_key" ON "sale"("shopId", "cartId");

CREATE TABLE "data_request" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "requestId" TEXT NOT NULL,
    "shopifyCustomerId" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "downloadedAt" TIMESTAMPTZ(3),

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("shopId","id")
);

CREATE UNIQUE INDEX "data_request_shopId_requestId_key" ON "data_request"("shopId", "requestId");

CREATE INDEX "data_request_shopId_shopifyCustomerId_idx" ON "data_request"("shopId", "shopifyCustomerId");

ALTER TABLE "data_request" ADD CONSTRAINT "data_request_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;
