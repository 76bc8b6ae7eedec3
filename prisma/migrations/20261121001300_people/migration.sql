ALTER TABLE "message" ADD COLUMN     "customerId" UUID,
ADD COLUMN     "visitorId" UUID;

-- Who stands for a person is computed, so that a new row stands for itself without anybody saying so.
ALTER TABLE "customer" ADD COLUMN     "mergedIntoId" UUID,
ADD COLUMN     "provenWithId" UUID,
ADD COLUMN     "personId" UUID NOT NULL GENERATED ALWAYS AS (COALESCE("mergedIntoId", "id")) STORED,
ADD COLUMN     "provenId" UUID NOT NULL GENERATED ALWAYS AS (COALESCE("provenWithId", "id")) STORED;

ALTER TABLE "visitor" ADD COLUMN     "confirmedAt" TIMESTAMPTZ(3);

CREATE TABLE "customer_merge" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "intoId" UUID NOT NULL,
    "evidence" TEXT NOT NULL,
    "opens" BOOLEAN NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "actorId" TEXT,
    "undoneAt" TIMESTAMPTZ(3),
    "undoneById" TEXT,

    CONSTRAINT "customer_merge_pkey" PRIMARY KEY ("shopId","id")
);

CREATE TABLE "customer_apart" (
    "shopId" UUID NOT NULL,
    "lowId" UUID NOT NULL,
    "highId" UUID NOT NULL,
    "staffId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_apart_pkey" PRIMARY KEY ("shopId","lowId","highId")
);

CREATE TABLE "customer_link" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "staffId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "customer_link_pkey" PRIMARY KEY ("shopId","id")
);

CREATE TABLE "customer_note" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "staffId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "clientKey" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_note_pkey" PRIMARY KEY ("shopId","id")
);

CREATE TABLE "email_code" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "visitorId" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "email_code_pkey" PRIMARY KEY ("shopId","id")
);

CREATE INDEX "customer_merge_shopId_fromId_idx" ON "customer_merge"("shopId", "fromId");

CREATE INDEX "customer_merge_shopId_intoId_idx" ON "customer_merge"("shopId", "intoId");

CREATE INDEX "customer_apart_shopId_highId_idx" ON "customer_apart"("shopId", "highId");

CREATE INDEX "customer_link_shopId_fromId_idx" ON "customer_link"("shopId", "fromId");

CREATE INDEX "customer_link_shopId_toId_idx" ON "customer_link"("shopId", "toId");

CREATE UNIQUE INDEX "customer_note_shopId_customerId_clientKey_key" ON "customer_note"("shopId", "customerId", "clientKey");

CREATE INDEX "email_code_shopId_visitorId_createdAt_idx" ON "email_code"("shopId", "visitorId", "createdAt" DESC);

CREATE INDEX "email_code_shopId_address_createdAt_idx" ON "email_code"("shopId", "address", "createdAt" DESC);

CREATE INDEX "email_code_createdAt_idx" ON "email_code"("createdAt");

CREATE INDEX "customer_shopId_personId_idx" ON "customer"("shopId", "personId");

CREATE INDEX "customer_shopId_provenId_idx" ON "customer"("shopId", "provenId");

ALTER TABLE "customer" ADD CONSTRAINT "customer_shopId_personId_fkey" FOREIGN KEY ("shopId", "personId") REFERENCES "customer"("shopId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "customer" ADD CONSTRAINT "customer_shopId_provenId_fkey" FOREIGN KEY ("shopId", "provenId") REFERENCES "customer"("shopId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "customer_merge" ADD CONSTRAINT "customer_merge_shopId_fromId_fkey" FOREIGN KEY ("shopId", "fromId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_merge" ADD CONSTRAINT "customer_merge_shopId_intoId_fkey" FOREIGN KEY ("shopId", "intoId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_apart" ADD CONSTRAINT "customer_apart_shopId_lowId_fkey" FOREIGN KEY ("shopId", "lowId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_apart" ADD CONSTRAINT "customer_apart_shopId_highId_fkey" FOREIGN KEY ("shopId", "highId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_link" ADD CONSTRAINT "customer_link_shopId_fromId_fkey" FOREIGN KEY ("shopId", "fromId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_link" ADD CONSTRAINT "customer_link_shopId_toId_fkey" FOREIGN KEY ("shopId", "toId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_note" ADD CONSTRAINT "customer_note_shopId_customerId_fkey" FOREIGN KEY ("shopId", "customerId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "email_code" ADD CONSTRAINT "email_code_shopId_visitorId_fkey" FOREIGN KEY ("shopId", "visitorId") REFERENCES "visitor"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What was written before this was kept: the customer and the browser of the conversation.
UPDATE "message" m SET "customerId" = c."customerId", "visitorId" = c."visitorId"
  FROM "conversation" c
 WHERE c."shopId" = m."shopId" AND c."id" = m."conversationId" AND m."author" = 'shopper';
