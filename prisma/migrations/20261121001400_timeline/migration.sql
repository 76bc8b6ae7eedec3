-- A tenth of each page stays free, so that an entry whose data changes finds its new version beside the old one and the
-- index is left alone.
CREATE TABLE "timeline_entry" (
    "shopId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("shopId","subjectId","at","id")
) WITH (fillfactor = 90);

-- CreateIndex
CREATE INDEX "timeline_entry_at_idx" ON "timeline_entry" USING BRIN ("at");
