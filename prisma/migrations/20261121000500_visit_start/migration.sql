ALTER TABLE "visitor" ADD COLUMN "visitStartedAt" TIMESTAMPTZ(3);
