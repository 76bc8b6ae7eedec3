CREATE TABLE "rating" (
    "shopId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "score" INTEGER NOT NULL,
    "comment" TEXT,
    "visitorId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rating_pkey" PRIMARY KEY ("shopId","conversationId")
);

CREATE TABLE "customer_summary" (
    "shopId" UUID NOT NULL,
    "shopifyCustomerId" TEXT NOT NULL,
    "told" JSONB NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_summary_pkey" PRIMARY KEY ("shopId","shopifyCustomerId")
);

CREATE TABLE "log_cursor" (
    "consumer" TEXT NOT NULL,
    "xid" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_cursor_pkey" PRIMARY KEY ("consumer")
);

CREATE INDEX "rating_shopId_at_idx" ON "rating"("shopId", "at");

ALTER TABLE "rating" ADD CONSTRAINT "rating_shopId_conversationId_fkey" FOREIGN KEY ("shopId", "conversationId") REFERENCES "conversation"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
