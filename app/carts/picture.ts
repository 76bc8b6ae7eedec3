/** Where Shopify serves the files of every shop. */
const cdn = "https://cdn.shopify.com";

/** Whether the picture's address needs nothing of the shop to be known as Shopify's own. */
export function isOnCdn(image: string | null): boolean {
  return image === null || image.startsWith(`${cdn}/`);
}

/**
 * A line's picture as a shopper's page told it, when it is on Shopify's file servers or the shop's own storefront, else
 * null: staff's browsers load it, and whoever serves it learns who looks and when. `storefronts` are the shop's origins,
 * the first of which an address without a host belongs to. Pure.
 */
export function ownPicture(image: string | null, storefronts: readonly string[]): string | null {
  if (image === null) return null;
  let url: URL;
  try {
    url = new URL(image, storefronts[0]);
  } catch {
    return null;
  }
  return url.username === "" && url.password === "" && [cdn, ...storefronts].includes(url.origin) ? url.href : null;
}
