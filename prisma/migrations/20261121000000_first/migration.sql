-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "conversation" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "visitorId" UUID,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "assigneeId" UUID,
    "position" INTEGER NOT NULL DEFAULT 0,
    "lastMessageAt" TIMESTAMPTZ(3) NOT NULL,
    "lastMessageText" TEXT NOT NULL DEFAULT '',
    "lastMessageFrom" TEXT NOT NULL DEFAULT 'shopper',
    "waitingSince" TIMESTAMPTZ(3),
    "snoozedUntil" TIMESTAMPTZ(3),
    "shopperDelivered" INTEGER NOT NULL DEFAULT 0,
    "shopperSeen" INTEGER NOT NULL DEFAULT 0,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "message" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "author" TEXT NOT NULL,
    "staffId" UUID,
    "channel" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "clientKey" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "note" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "staffId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "clientKey" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "note_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "messageId" UUID,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "content" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "conversation_read" (
    "shopId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "staffId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "conversation_read_pkey" PRIMARY KEY ("shopId","staffId","conversationId")
);

-- CreateTable
CREATE TABLE "customer" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shopifyCustomerId" TEXT,
    "name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "identity" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "visitor" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customerId" UUID,
    "signedInAs" TEXT,
    "keyHash" TEXT NOT NULL,
    "trackingAllowed" BOOLEAN NOT NULL DEFAULT false,
    "consentedAt" TIMESTAMPTZ(3),
    "visits" INTEGER NOT NULL DEFAULT 1,
    "countryCode" TEXT,
    "locale" TEXT,
    "pageUrl" TEXT,
    "pageTitle" TEXT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visitor_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "page_view" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "visitorId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "title" TEXT,
    "productId" TEXT,

    CONSTRAINT "page_view_pkey" PRIMARY KEY ("shopId","id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "event" (
    "shopId" UUID NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actorId" TEXT,
    "conversationId" UUID,
    "customerId" UUID,
    "visitorId" UUID,
    "cartId" UUID,
    "position" INTEGER,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "event_pkey" PRIMARY KEY ("shopId","id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "cart" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "token" TEXT,
    "visitorId" UUID,
    "currency" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "itemCount" INTEGER NOT NULL,
    "lines" JSONB NOT NULL,
    "discountCodes" TEXT[],
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "snapshotAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "orderId" TEXT,
    "emptyRequestedAt" TIMESTAMPTZ(3),

    CONSTRAINT "cart_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "draft_order" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shopifyDraftOrderId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "conversationId" UUID,
    "cartId" UUID,
    "staffId" UUID,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "invoiceUrl" TEXT,
    "orderId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_order_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "sale" (
    "shopId" UUID NOT NULL,
    "orderId" TEXT NOT NULL,
    "orderName" TEXT NOT NULL,
    "conversationId" UUID NOT NULL,
    "draftOrderId" UUID,
    "evidence" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sale_pkey" PRIMARY KEY ("shopId","orderId")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "currency" TEXT NOT NULL,
    "countryCode" TEXT,
    "timezone" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "widgetStatus" TEXT NOT NULL DEFAULT 'unknown',
    "installedAt" TIMESTAMPTZ(3) NOT NULL,
    "uninstalledAt" TIMESTAMPTZ(3),

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shopifyUserId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "lastSeenAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "shopDomain" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "eventId" TEXT,
    "topic" TEXT NOT NULL,
    "triggeredAt" TIMESTAMPTZ(3),
    "payload" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "handledAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("shopDomain","webhookId")
);

-- CreateIndex
CREATE INDEX "conversation_shopId_status_lastMessageAt_id_idx" ON "conversation"("shopId", "status", "lastMessageAt" DESC, "id");

-- CreateIndex
CREATE INDEX "conversation_shopId_assigneeId_status_lastMessageAt_id_idx" ON "conversation"("shopId", "assigneeId", "status", "lastMessageAt" DESC, "id");

-- CreateIndex
CREATE INDEX "conversation_shopId_customerId_lastMessageAt_idx" ON "conversation"("shopId", "customerId", "lastMessageAt" DESC);

-- CreateIndex
CREATE INDEX "conversation_shopId_visitorId_idx" ON "conversation"("shopId", "visitorId");

-- CreateIndex
CREATE INDEX "conversation_shopId_status_waitingSince_idx" ON "conversation"("shopId", "status", "waitingSince");

-- CreateIndex
CREATE UNIQUE INDEX "message_shopId_conversationId_clientKey_key" ON "message"("shopId", "conversationId", "clientKey");

-- CreateIndex
CREATE UNIQUE INDEX "message_shopId_conversationId_position_key" ON "message"("shopId", "conversationId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "note_shopId_conversationId_clientKey_key" ON "note"("shopId", "conversationId", "clientKey");

-- CreateIndex
CREATE UNIQUE INDEX "note_shopId_conversationId_position_key" ON "note"("shopId", "conversationId", "position");

-- CreateIndex
CREATE INDEX "attachment_shopId_messageId_idx" ON "attachment"("shopId", "messageId");

-- CreateIndex
CREATE INDEX "customer_shopId_updatedAt_id_idx" ON "customer"("shopId", "updatedAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_shopId_shopifyCustomerId_key" ON "customer"("shopId", "shopifyCustomerId");

-- CreateIndex
CREATE INDEX "identity_shopId_kind_value_idx" ON "identity"("shopId", "kind", "value");

-- CreateIndex
CREATE UNIQUE INDEX "identity_shopId_customerId_kind_value_key" ON "identity"("shopId", "customerId", "kind", "value");

-- CreateIndex
CREATE INDEX "visitor_shopId_customerId_idx" ON "visitor"("shopId", "customerId");

-- CreateIndex
CREATE INDEX "visitor_shopId_lastSeenAt_idx" ON "visitor"("shopId", "lastSeenAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "visitor_shopId_keyHash_key" ON "visitor"("shopId", "keyHash");

-- CreateIndex
CREATE INDEX "page_view_shopId_visitorId_at_idx" ON "page_view"("shopId", "visitorId", "at" DESC);

-- CreateIndex
CREATE INDEX "event_xid_id_idx" ON "event"("xid", "id");

-- CreateIndex
CREATE INDEX "event_shopId_conversationId_position_idx" ON "event"("shopId", "conversationId", "position");

-- CreateIndex
CREATE INDEX "event_shopId_visitorId_at_idx" ON "event"("shopId", "visitorId", "at" DESC);

-- CreateIndex
CREATE INDEX "cart_shopId_visitorId_changedAt_idx" ON "cart"("shopId", "visitorId", "changedAt" DESC);

-- CreateIndex
CREATE INDEX "cart_shopId_status_changedAt_idx" ON "cart"("shopId", "status", "changedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "cart_shopId_token_key" ON "cart"("shopId", "token");

-- CreateIndex
CREATE INDEX "draft_order_shopId_conversationId_idx" ON "draft_order"("shopId", "conversationId");

-- CreateIndex
CREATE INDEX "draft_order_shopId_cartId_idx" ON "draft_order"("shopId", "cartId");

-- CreateIndex
CREATE UNIQUE INDEX "draft_order_shopId_shopifyDraftOrderId_key" ON "draft_order"("shopId", "shopifyDraftOrderId");

-- CreateIndex
CREATE INDEX "sale_shopId_conversationId_idx" ON "sale"("shopId", "conversationId");

-- CreateIndex
CREATE INDEX "sale_shopId_at_idx" ON "sale"("shopId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "staff_shopId_shopifyUserId_key" ON "staff"("shopId", "shopifyUserId");

-- CreateIndex
CREATE INDEX "webhook_delivery_receivedAt_idx" ON "webhook_delivery"("receivedAt");

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_shopId_customerId_fkey" FOREIGN KEY ("shopId", "customerId") REFERENCES "customer"("shopId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_shopId_visitorId_fkey" FOREIGN KEY ("shopId", "visitorId") REFERENCES "visitor"("shopId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_shopId_conversationId_fkey" FOREIGN KEY ("shopId", "conversationId") REFERENCES "conversation"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_shopId_conversationId_fkey" FOREIGN KEY ("shopId", "conversationId") REFERENCES "conversation"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_shopId_messageId_fkey" FOREIGN KEY ("shopId", "messageId") REFERENCES "message"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_read" ADD CONSTRAINT "conversation_read_shopId_conversationId_fkey" FOREIGN KEY ("shopId", "conversationId") REFERENCES "conversation"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_shopId_customerId_fkey" FOREIGN KEY ("shopId", "customerId") REFERENCES "customer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_shopId_customerId_fkey" FOREIGN KEY ("shopId", "customerId") REFERENCES "customer"("shopId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_view" ADD CONSTRAINT "page_view_shopId_visitorId_fkey" FOREIGN KEY ("shopId", "visitorId") REFERENCES "visitor"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cart" ADD CONSTRAINT "cart_shopId_visitorId_fkey" FOREIGN KEY ("shopId", "visitorId") REFERENCES "visitor"("shopId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_order" ADD CONSTRAINT "draft_order_shopId_conversationId_fkey" FOREIGN KEY ("shopId", "conversationId") REFERENCES "conversation"("shopId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_order" ADD CONSTRAINT "draft_order_shopId_cartId_fkey" FOREIGN KEY ("shopId", "cartId") REFERENCES "cart"("shopId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Events and page views are partitioned by month from the start, so that old months can be dropped whole.
-- `app/events/partitions.ts` makes the months ahead of time, and a row of no month falls into the default partition.
CREATE TABLE "event_default" PARTITION OF "event" DEFAULT;
CREATE TABLE "page_view_default" PARTITION OF "page_view" DEFAULT;
