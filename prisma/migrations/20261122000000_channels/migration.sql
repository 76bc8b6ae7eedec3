-- Accounts of the merchant's at providers, where people are reached on them, what came in, and what became of what went out

CREATE TABLE "channel_account" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "credentials" TEXT,
    "tokenExpiresAt" TIMESTAMPTZ(3),
    "lastInAt" TIMESTAMPTZ(3),
    "lastOutAt" TIMESTAMPTZ(3),
    "lastErrorAt" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "progress" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "disconnectedAt" TIMESTAMPTZ(3),

    CONSTRAINT "channel_account_pkey" PRIMARY KEY ("shopId","id")
);

CREATE INDEX "channel_account_shopId_kind_idx" ON "channel_account"("shopId", "kind");

-- What a provider sends names the account alone: it is one shop's at a time
CREATE UNIQUE INDEX "channel_account_of_one_shop" ON "channel_account"("kind", "externalId") WHERE "state" <> 'disconnected';

ALTER TABLE "channel_account" ADD CONSTRAINT "channel_account_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "endpoint" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT,
    "lastInAt" TIMESTAMPTZ(3),
    "lastOutAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedBecause" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("shopId","id")
);

CREATE UNIQUE INDEX "endpoint_shopId_accountId_address_customerId_key" ON "endpoint"("shopId", "accountId", "address", "customerId");
CREATE INDEX "endpoint_shopId_customerId_idx" ON "endpoint"("shopId", "customerId");

ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_shopId_accountId_fkey" FOREIGN KEY ("shopId", "accountId") REFERENCES "channel_account"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_shopId_customerId_fkey" FOREIGN KEY ("shopId", "customerId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "inbound" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "customerId" UUID,
    "key" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "body" BYTEA NOT NULL,
    "meta" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_pkey" PRIMARY KEY ("shopId","id")
);

CREATE UNIQUE INDEX "inbound_shopId_accountId_key_key" ON "inbound"("shopId", "accountId", "key");
CREATE INDEX "inbound_shopId_accountId_state_number_idx" ON "inbound"("shopId", "accountId", "state", "number");
CREATE INDEX "inbound_shopId_customerId_idx" ON "inbound"("shopId", "customerId");

CREATE TABLE "mail_body" (
    "shopId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "html" TEXT,
    "fullText" TEXT NOT NULL,
    "inboundId" UUID,

    CONSTRAINT "mail_body_pkey" PRIMARY KEY ("shopId","messageId")
);

ALTER TABLE "mail_body" ADD CONSTRAINT "mail_body_shopId_messageId_fkey" FOREIGN KEY ("shopId", "messageId") REFERENCES "message"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "delivery" (
    "shopId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 0,
    "accountId" UUID NOT NULL,
    "endpointId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "externalId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "error" TEXT,
    "note" TEXT,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL,
    "sendingAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("shopId","messageId","part")
);

CREATE INDEX "delivery_shopId_accountId_externalId_idx" ON "delivery"("shopId", "accountId", "externalId");
CREATE INDEX "delivery_shopId_endpointId_queuedAt_idx" ON "delivery"("shopId", "endpointId", "queuedAt");

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_shopId_messageId_fkey" FOREIGN KEY ("shopId", "messageId") REFERENCES "message"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_shopId_endpointId_fkey" FOREIGN KEY ("shopId", "endpointId") REFERENCES "endpoint"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "message" ADD COLUMN "accountId" UUID,
ADD COLUMN "content" JSONB,
ADD COLUMN "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN "editedAt" TIMESTAMPTZ(3),
ADD COLUMN "endpointId" UUID,
ADD COLUMN "externalId" TEXT,
ADD COLUMN "reactions" JSONB,
ADD COLUMN "replyToId" UUID;

-- A message that arrives twice is one
CREATE UNIQUE INDEX "message_once_an_account" ON "message"("shopId", "accountId", "externalId") WHERE "externalId" IS NOT NULL;
