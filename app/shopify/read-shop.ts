import { adminFor } from "./admin-for";
import { ShopDocument } from "./queries/generated";

/** What we keep of a shop, as Shopify says it now. */
export interface ShopFacts {
  name: string;
  email: string | null;
  /** ISO 4217 */
  currency: string;
  /** ISO 3166-1 alpha-2 */
  countryCode: string | null;
  /** IANA name */
  timezone: string | null;
  /** `https://shop.example` */
  storefrontOrigin: string;
}

/** Asks the Admin API about the shop. Throws ShopifyDown, ShopifyThrottled and ShopifyDenied. */
export async function readShop(domain: string): Promise<ShopFacts> {
  const { shop } = await adminFor({ shop: { domain } }).ask(ShopDocument, {});
  return {
    name: shop.name,
    email: shop.email || null,
    currency: shop.currencyCode,
    countryCode: shop.shopAddress.countryCodeV2 ?? null,
    timezone: shop.ianaTimezone || null,
    storefrontOrigin: new URL(shop.primaryDomain.url).origin,
  };
}
