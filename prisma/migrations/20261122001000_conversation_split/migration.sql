-- A conversation that staff cut in two, with what it takes to put it together again.
CREATE TABLE "conversation_split" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "intoId" UUID NOT NULL,
    "clientKey" UUID NOT NULL,
    "moved" JSONB NOT NULL,
    "before" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),
    CONSTRAINT "conversation_split_pkey" PRIMARY KEY ("shopId", "id"),
    CONSTRAINT "conversation_split_shopId_fromId_fkey" FOREIGN KEY ("shopId", "fromId") REFERENCES "conversation"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "conversation_split_shopId_clientKey_key" ON "conversation_split"("shopId", "clientKey");
CREATE UNIQUE INDEX "conversation_split_shopId_intoId_key" ON "conversation_split"("shopId", "intoId");
CREATE INDEX "conversation_split_shopId_fromId_idx" ON "conversation_split"("shopId", "fromId");
