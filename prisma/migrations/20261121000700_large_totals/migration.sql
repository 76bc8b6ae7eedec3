-- Minor units of rupiah or pesos pass 32 bits at some thousand dollars. A double is exact for whole numbers to 2^53.
ALTER TABLE "cart" ALTER COLUMN "total" SET DATA TYPE DOUBLE PRECISION;
ALTER TABLE "draft_order" ALTER COLUMN "total" SET DATA TYPE DOUBLE PRECISION;
ALTER TABLE "sale" ALTER COLUMN "total" SET DATA TYPE DOUBLE PRECISION;
