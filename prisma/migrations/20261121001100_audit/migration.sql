CREATE TABLE "audit_entry" (
    "shopId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("shopId","seq")
);

CREATE TABLE "audit_head" (
    "shopId" UUID NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL,
    "verifiedAt" TIMESTAMPTZ(3),
    "verifiedSeq" BIGINT,
    "verifiedHash" TEXT,
    "brokenSeq" BIGINT,
    "brokenReason" TEXT,
    "brokenFoundAt" TIMESTAMPTZ(3),

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("shopId")
);

CREATE INDEX "audit_entry_shopId_subjectId_at_idx" ON "audit_entry"("shopId", "subjectId", "at");
CREATE INDEX "audit_entry_shopId_actorId_seq_idx" ON "audit_entry"("shopId", "actorId", "seq");
CREATE INDEX "audit_entry_shopId_action_seq_idx" ON "audit_entry"("shopId", "action", "seq");

ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "shop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Append-only. The one door is the erasure of a whole shop, which names the shop in its own transaction.
-- Statements inside the body are ended by \x3B, because the migration engine splits a file at every semicolon.
CREATE FUNCTION "audit_entry_guard"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = ''DELETE'' THEN
    IF OLD."shopId"::text = current_setting(''throughline.erasing_shop'', true) THEN
      RETURN OLD\x3B
    END IF\x3B
  END IF\x3B
  RAISE EXCEPTION ''audit_entry is append-only: % refused'', TG_OP USING ERRCODE = ''restrict_violation''\x3B
END';

CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "audit_entry_guard"();
CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_guard"();
