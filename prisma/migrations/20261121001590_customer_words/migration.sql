-- What the search of the customers' page finds people by: the beginnings of words of the name, the address and the number,
-- and of the number without its country code. The shop's id is one of the words, so that one index serves all shops.
CREATE INDEX "customer_words" ON "customer" USING gin (array_to_tsvector(array_remove(string_to_array(lower("shopId"::text || ' ' || COALESCE("name", '') || ' ' || translate(COALESCE("email", ''), '@._+-', '     ') || ' ' || translate(COALESCE("phone", ''), '+', '') || ' ' || right(COALESCE("phone", ''), -2) || ' ' || right(COALESCE("phone", ''), -3) || ' ' || right(COALESCE("phone", ''), -4)), ' '), '')));

-- The same for Shopify's customers who never were in touch.
CREATE INDEX "shopify_customer_words" ON "shopify_customer" USING gin (array_to_tsvector(array_remove(string_to_array("shopId"::text || ' ' || "words", ' '), '')));
