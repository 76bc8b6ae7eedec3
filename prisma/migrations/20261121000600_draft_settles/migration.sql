ALTER TABLE "draft_order" ADD COLUMN "settles" JSONB;
