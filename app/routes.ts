import { index, layout, type RouteConfig, route } from "@remix-run/route-config";

/** Every address there is. Each file is thin: authenticate and parse once, call one verb, return. */
export default [
  // The embedded admin
  layout("routes/admin.tsx", [
    index("routes/admin.home.tsx"),
    route("inbox", "routes/admin.inbox.tsx", [
      index("routes/admin.inbox.index.tsx"),
      route(":conversationId", "routes/admin.inbox.conversation.tsx"),
    ]),
    route("customers", "routes/admin.customers.tsx"),
    route("customers/:customerId", "routes/admin.customers.one.tsx"),
    route("settings", "routes/admin.settings.tsx"),
    route("settings/activity", "routes/admin.settings.activity.tsx"),
    route("settings/privacy", "routes/admin.settings.privacy.tsx"),
    route("settings/channels", "routes/admin.settings.channels.tsx"),
    route("settings/channels/:kind", "routes/admin.settings.channels.one.tsx"),
    route("settings/shopify-data", "routes/admin.settings.shopify-data.tsx"),
    route("live-view", "routes/admin.live-view.tsx"),
    route("draft-orders/new", "routes/admin.draft-orders.new.tsx"),
    route("draft-orders/:draftOrderId", "routes/admin.draft-orders.one.tsx"),
  ]),
  // What the admin's pages ask for by themselves
  route("inbox/more", "routes/admin.inbox.more.tsx"),
  route("inbox/attachments", "routes/admin.inbox.attachments.tsx"),
  route("inbox/:conversationId/mail/:messageId", "routes/admin.inbox.mail.ts"),
  route("inbox/templates/:endpointId", "routes/admin.inbox.templates.ts"),
  route("inbox/:conversationId/deliveries", "routes/admin.inbox.deliveries.ts"),
  route("inbox/:conversationId/entries", "routes/admin.inbox.entries.tsx"),
  route("customers/find", "routes/admin.customers.find.ts"),
  route("customers/shopify/:number", "routes/admin.customers.open.ts"),
  route("customers/:customerId/shopify", "routes/admin.customers.shopify.tsx"),
  route("customers/:customerId/preview", "routes/admin.customers.preview.ts"),
  route("customers/:customerId/timeline", "routes/admin.customers.timeline.ts"),
  route("live-view/chats", "routes/admin.live-view.chats.ts"),
  route("draft-orders/products", "routes/admin.draft-orders.products.ts"),
  route("draft-orders/calculate", "routes/admin.draft-orders.calculate.ts"),
  route("draft-orders/save", "routes/admin.draft-orders.save.ts"),
  route("draft-orders/:draftOrderId/invoice", "routes/admin.draft-orders.invoice.ts"),
  route("settings/channels/raw/:inboundId", "routes/admin.settings.channels.raw.ts"),
  route("settings/activity/export", "routes/admin.settings.activity.export.ts"),
  route("data-requests/:dataRequestId", "routes/admin.data-requests.ts"),
  route("receipts/:receiptId", "routes/admin.receipts.ts"),
  route("customers/:customerId/consents", "routes/admin.customers.consents.ts"),
  route("customers/:customerId/erase", "routes/admin.customers.erase.ts"),
  // What our blocks on Shopify's own pages ask for
  route("record", "routes/admin.record.ts"),
  // Shopify's doors
  route("auth/login", "routes/auth.login.tsx"),
  route("auth/*", "routes/auth.tsx"),
  route("webhooks/:subject", "routes/webhooks.ts"),
  // Where the providers of channels deliver
  route("channels/meta", "routes/channels.meta.ts"),
  route("channels/twilio/:accountId/:what?", "routes/channels.twilio.ts"),
  // The storefront's doors
  route("proxy/session", "routes/proxy.session.ts"),
  route("storefront/state", "routes/storefront.state.ts"),
  route("storefront/messages", "routes/storefront.messages.ts"),
  route("storefront/receipts", "routes/storefront.receipts.ts"),
  route("storefront/attachments", "routes/storefront.attachments.ts"),
  route("storefront/contact", "routes/storefront.contact.ts"),
  route("storefront/verify", "routes/storefront.verify.ts"),
  route("storefront/signals", "routes/storefront.signals.ts"),
  route("storefront/cart", "routes/storefront.cart.ts"),
  route("storefront/journey", "routes/storefront.journey.ts"),
  route("storefront/rating", "routes/storefront.rating.ts"),
  route("files/:id", "routes/files.$id.ts"),
] satisfies RouteConfig;
