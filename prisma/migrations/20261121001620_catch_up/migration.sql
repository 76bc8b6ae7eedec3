-- A file of what changed since a time, and when a record was last told of
ALTER TABLE "sync_run" ADD COLUMN "since" TIMESTAMPTZ(3);
ALTER TABLE "shopify_due" ADD COLUMN "notedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
