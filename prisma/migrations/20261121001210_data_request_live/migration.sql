-- The file is made when it is downloaded, from what is kept then: the copies that were gathered until now go.
ALTER TABLE "data_request" DROP COLUMN "content",
ADD COLUMN     "email" TEXT,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "unprovenConversationIds" UUID[] DEFAULT ARRAY[]::UUID[];
