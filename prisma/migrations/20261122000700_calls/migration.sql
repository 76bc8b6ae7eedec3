-- Telephone calls: a leg of a conversation, who of the team was rung, and how each takes calls
CREATE TABLE "call" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "endpointId" UUID,
    "probablyId" UUID,
    "caller" TEXT NOT NULL,
    "providerId" TEXT,
    "direction" TEXT NOT NULL,
    "fromAddress" TEXT NOT NULL,
    "toAddress" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "queuedAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "heldAt" TIMESTAMPTZ(3),
    "heldSeconds" INTEGER NOT NULL DEFAULT 0,
    "endedAt" TIMESTAMPTZ(3),
    "heardAt" TIMESTAMPTZ(3) NOT NULL,
    "staffId" UUID,
    "transferToId" UUID,
    "transferBrief" TEXT,
    "transferredAt" TIMESTAMPTZ(3),
    "wrapUp" TEXT,
    "wrapUpAt" TIMESTAMPTZ(3),
    "handledSeconds" INTEGER,
    "recordingConsent" BOOLEAN NOT NULL DEFAULT false,
    "recordingId" TEXT,
    "recordingSeconds" INTEGER,
    "recordedAt" TIMESTAMPTZ(3),
    "attachmentId" UUID,
    "transcript" TEXT,
    "messageId" UUID,

    CONSTRAINT "call_pkey" PRIMARY KEY ("shopId","id")
);

CREATE UNIQUE INDEX "call_shopId_accountId_providerId_key" ON "call"("shopId", "accountId", "providerId");
CREATE INDEX "call_shopId_state_startedAt_idx" ON "call"("shopId", "state", "startedAt");
CREATE INDEX "call_shopId_customerId_idx" ON "call"("shopId", "customerId");
CREATE INDEX "call_shopId_conversationId_idx" ON "call"("shopId", "conversationId");
CREATE INDEX "call_shopId_staffId_startedAt_idx" ON "call"("shopId", "staffId", "startedAt");

CREATE TABLE "call_leg" (
    "shopId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "callId" UUID NOT NULL,
    "staffId" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "providerId" TEXT,
    "state" TEXT NOT NULL,
    "transfer" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "call_leg_pkey" PRIMARY KEY ("shopId","id")
);

CREATE INDEX "call_leg_shopId_callId_idx" ON "call_leg"("shopId", "callId");
CREATE INDEX "call_leg_shopId_staffId_state_idx" ON "call_leg"("shopId", "staffId", "state");

ALTER TABLE "call_leg" ADD CONSTRAINT "call_leg_shopId_callId_fkey" FOREIGN KEY ("shopId", "callId") REFERENCES "call"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "call_agent" (
    "shopId" UUID NOT NULL,
    "staffId" UUID NOT NULL,
    "takesCalls" BOOLEAN NOT NULL DEFAULT false,
    "device" TEXT NOT NULL DEFAULT 'phone',
    "phone" TEXT,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_agent_pkey" PRIMARY KEY ("shopId","staffId")
);
