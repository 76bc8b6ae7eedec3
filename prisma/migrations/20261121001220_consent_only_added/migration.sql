-- What was said is never changed, it is only followed by what is said later. An erasure removes rows.
-- The body spells its semicolons as escapes, because the migration engine splits files at them.
CREATE FUNCTION "consent_guard"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  RAISE EXCEPTION ''consent is only ever added to'' USING ERRCODE = ''restrict_violation''\x3B
END';

CREATE TRIGGER "consent_only_added" BEFORE UPDATE ON "consent" FOR EACH ROW EXECUTE FUNCTION "consent_guard"();
