-- The mail server finds an account by what stands before the @ of its forwarding address.
CREATE UNIQUE INDEX "channel_account_forwarding" ON "channel_account" (("settings"->>'token')) WHERE "kind" = 'email' AND "state" <> 'disconnected';
