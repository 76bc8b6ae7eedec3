-- An erasure and a data request look for what a person wrote in any conversation. Staff's messages and the app's name neither.
CREATE INDEX "message_of_leaf" ON "message"("shopId", "customerId") WHERE "customerId" IS NOT NULL;

CREATE INDEX "message_of_browser" ON "message"("shopId", "visitorId") WHERE "visitorId" IS NOT NULL;
