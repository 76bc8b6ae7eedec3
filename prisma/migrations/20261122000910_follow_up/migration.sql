-- Up to which position the replies of a chat have followed the shopper by e-mail.
ALTER TABLE "conversation" ADD COLUMN "followedUpTo" INTEGER NOT NULL DEFAULT 0;
