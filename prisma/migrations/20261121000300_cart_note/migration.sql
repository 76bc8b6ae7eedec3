-- AlterTable
ALTER TABLE "cart" ADD COLUMN     "note" TEXT;
