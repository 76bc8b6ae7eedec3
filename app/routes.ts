import { index, layout, type RouteConfig, route } from "@remix-run/route-config";

/** Every address there is. Each file is thin: authenticate and parse once, call one verb, return. */
export default [
  // The embedded admin
  layout("routes/admin.tsx", [
    route("inbox", "routes/admin.inbox.tsx", [
      index("routes/admin.inbox.index.tsx"),
      route(":conversationId", "routes/admin.inbox.conversation.tsx"),
    ]),
  ]),
  // What the admin's pages ask for by themselves
  route("inbox/more", "routes/admin.inbox.more.tsx"),
  route("inbox/attachments", "routes/admin.inbox.attachments.tsx"),
  route("inbox/:conversationId/entries", "routes/admin.inbox.entries.tsx"),
  route("customers/:customerId/shopify", "routes/admin.customers.shopify.tsx"),
  // Shopify's doors
  route("auth/login", "routes/auth.login.tsx"),
  route("auth/*", "routes/auth.tsx"),
  route("webhooks/:subject", "routes/webhooks.ts"),
  // The storefront's doors
  route("proxy/session", "routes/proxy.session.ts"),
  route("storefront/state", "routes/storefront.state.ts"),
  route("storefront/messages", "routes/storefront.messages.ts"),
  route("storefront/receipts", "routes/storefront.receipts.ts"),
  route("storefront/attachments", "routes/storefront.attachments.ts"),
  route("storefront/contact", "routes/storefront.contact.ts"),
  route("storefront/signals", "routes/storefront.signals.ts"),
  route("storefront/cart", "routes/storefront.cart.ts"),
  route("files/:id", "routes/files.$id.ts"),
] satisfies RouteConfig;
