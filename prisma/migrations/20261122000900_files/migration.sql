-- A file may be elsewhere than in the database, may be on its way, or may never have come.
ALTER TABLE "attachment" ALTER COLUMN "content" DROP NOT NULL;
ALTER TABLE "attachment"
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'there',
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "source" TEXT,
  ADD COLUMN "contentId" TEXT,
  ADD COLUMN "store" TEXT NOT NULL DEFAULT 'database',
  ADD COLUMN "storeKey" TEXT;

-- Bytes outside the database that are to go. Of no shop: the row outlives the shop whose file it was.
CREATE TABLE "file_to_remove" (
    "store" TEXT NOT NULL,
    "storeKey" TEXT NOT NULL,
    "after" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_to_remove_pkey" PRIMARY KEY ("store", "storeKey")
);
CREATE INDEX "file_to_remove_after_idx" ON "file_to_remove"("after");

-- However a row goes (with its message, its person or its shop), its bytes follow.
-- Statements inside the body are ended by \x3B, because the migration engine splits a file at every semicolon.
CREATE FUNCTION "attachment_gone"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO "file_to_remove" ("store", "storeKey", "after") VALUES (OLD."store", OLD."storeKey", now())
  ON CONFLICT ("store", "storeKey") DO UPDATE SET "after" = EXCLUDED."after"\x3B
  RETURN NULL\x3B
END';

CREATE TRIGGER "attachment_leaves_bytes" AFTER DELETE ON "attachment" FOR EACH ROW WHEN (OLD."storeKey" IS NOT NULL) EXECUTE FUNCTION "attachment_gone"();
