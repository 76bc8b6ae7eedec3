import { env } from "~/env.server";

/**
 * The Content-Security-Policy of a document: exactly the shop and Shopify's admin may frame it, and nobody when the
 * address names no shop. https://shopify.dev/docs/apps/build/security/set-up-iframe-protection
 */
export function frameAncestors(url: URL): string {
  const shop = url.searchParams.get("shop");
  if (!shop || !/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shop)) return "frame-ancestors 'none';";
  const local = env().ADMIN_FRAME_ANCESTOR;
  return `frame-ancestors https://${shop} https://admin.shopify.com${local ? ` ${local}` : ""};`;
}
