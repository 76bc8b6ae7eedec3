-- Whether anything of an account is being sent is asked for each receipt and echo that nobody knows
CREATE INDEX "delivery_underway" ON "delivery"("shopId", "accountId") WHERE "state" IN ('queued', 'sending', 'unclear');
