import { layout, type RouteConfig, route } from "@remix-run/route-config";

/** Every address there is. Each file is thin: authenticate and parse once, call one verb, return. */
export default [
  // The embedded admin
  // Shopify's doors
  route("auth/login", "routes/auth.login.tsx"),
  route("auth/*", "routes/auth.tsx"),
  // The storefront's doors
] satisfies RouteConfig;
void layout;
