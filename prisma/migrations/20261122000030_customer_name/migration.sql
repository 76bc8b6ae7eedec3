-- Who has the same name as somebody of whom only an id of a provider is known
CREATE INDEX "customer_name" ON "customer"("shopId", lower("name")) WHERE "name" LIKE '% %';
