-- What the search of the Inbox finds messages by: the beginnings of words of the text and of a mail's subject. The signs
-- that make one word of several for the parser (addresses, paths, signed numbers) are spaces here. The shop's id is one of
-- the words, after a sign that no searched word begins with, so that one index serves all shops. A text is read up to where
-- its words still fit into a tsvector.
CREATE INDEX "message_words" ON "message" USING gin ((to_tsvector('simple'::regconfig, translate(left("text", 100000) || ' ' || left(COALESCE("content" -> 'email' ->> 'subject', ''), 1000), '@._+-/:&<>=%?#~', '               ')) || array_to_tsvector(ARRAY['=' || "shopId"::text]))) WHERE "deletedAt" IS NULL AND "author" <> 'app';
