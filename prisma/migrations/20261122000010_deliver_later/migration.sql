-- A send that may still be undone, or that the provider asked to wait for
ALTER TABLE "delivery" ADD COLUMN "notBefore" TIMESTAMPTZ(3);
