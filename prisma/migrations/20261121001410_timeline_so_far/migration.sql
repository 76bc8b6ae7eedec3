-- What the log holds already stands in the story too, by the same rules as app/events/story.ts. The ids follow from the
-- log's, so a fact that is told again is the same entry.
INSERT INTO "timeline_entry" ("shopId", "subjectId", "at", "id", "kind", "ref", "data")
SELECT e."shopId", COALESCE(e."customerId", e."visitorId"), e."at",
       COALESCE((e."data"->>'messageId')::uuid, (e."data"->>'noteId')::uuid, ('00000000-0000-8000-8000-' || lpad(to_hex(e."id"), 12, '0'))::uuid),
       e."kind",
       CASE WHEN e."kind" <> 'customer.identified' THEN e."conversationId"::text END,
       CASE WHEN e."actor" = 'staff' AND e."kind" NOT IN ('message.received', 'customer.identified') THEN jsonb_build_object('staffId', e."actorId") ELSE '{}' END
         || CASE WHEN e."kind" = 'conversation.assigned' THEN jsonb_build_object('toStaffId', e."data"->'staffId')
                 ELSE e."data" - 'messageId' - 'noteId' END
  FROM "event" e
 WHERE e."kind" IN ('conversation.opened', 'message.received', 'message.sent', 'note.added', 'conversation.assigned', 'conversation.closed', 'conversation.reopened', 'conversation.snoozed', 'customer.identified')
   AND COALESCE(e."customerId", e."visitorId") IS NOT NULL
    ON CONFLICT DO NOTHING;

INSERT INTO "timeline_entry" ("shopId", "subjectId", "at", "id", "kind", "ref", "data")
SELECT e."shopId", COALESCE(e."visitorId", e."customerId"), e."at", ('00000000-0000-8000-8000-' || lpad(to_hex(e."id"), 12, '0'))::uuid,
       CASE e."kind" WHEN 'cart.checkout-started' THEN 'checkout.started'
                     WHEN 'visitor.viewed' THEN CASE WHEN e."data"->>'productId' IS NULL THEN 'page.viewed' ELSE 'product.viewed' END
                     ELSE e."kind" END,
       CASE WHEN e."kind" = 'visitor.viewed' THEN e."data"->>'productId' ELSE e."cartId"::text END,
       e."data" - 'productId'
  FROM "event" e
 WHERE e."kind" IN ('visitor.viewed', 'cart.changed', 'cart.emptied', 'cart.checkout-started')
   AND COALESCE(e."visitorId", e."customerId") IS NOT NULL
    ON CONFLICT DO NOTHING;

INSERT INTO "timeline_entry" ("shopId", "subjectId", "at", "id", "kind", "ref", "data")
SELECT e."shopId", COALESCE(e."customerId", e."visitorId", c."visitorId"), e."at", ('00000000-0000-8000-8000-' || lpad(to_hex(e."id"), 12, '0'))::uuid,
       e."kind", e."data"->>'draftOrderId',
       CASE WHEN e."actor" = 'staff' AND e."kind" NOT IN ('draft-order.paid', 'draft-order.voided') THEN jsonb_build_object('staffId', e."actorId") ELSE '{}' END
         || (e."data" - 'draftOrderId' - 'messageId')
  FROM "event" e
  LEFT JOIN "cart" c ON c."shopId" = e."shopId" AND c."id" = e."cartId"
 WHERE e."kind" IN ('draft-order.created', 'draft-order.updated', 'draft-order.invoice-sent', 'draft-order.paid', 'draft-order.voided')
   AND COALESCE(e."customerId", e."visitorId", c."visitorId") IS NOT NULL
    ON CONFLICT DO NOTHING;
