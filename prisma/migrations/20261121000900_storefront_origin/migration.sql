ALTER TABLE "shop" ADD COLUMN "storefrontOrigin" TEXT;
