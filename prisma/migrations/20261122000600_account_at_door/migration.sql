-- A door's address names the account alone
CREATE INDEX "channel_account_id_idx" ON "channel_account"("id");
