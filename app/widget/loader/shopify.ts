interface CustomerPrivacy {
  analyticsProcessingAllowed(): boolean;
}

interface StorefrontShopify {
  customerPrivacy?: CustomerPrivacy;
  loadFeatures?(features: { name: string; version: string }[], done: (error: unknown) => void): void;
  routes?: { root: string };
  country?: string;
  designMode?: boolean;
}

/** What Shopify puts on every storefront page, as far as it is there yet. */
export function shopify(): StorefrontShopify {
  return (window as { Shopify?: StorefrontShopify }).Shopify ?? {};
}

/**
 * Tells whether tracking is allowed: now, and again whenever the shopper says so. Without Shopify's customer privacy
 * API it is not. https://shopify.dev/docs/api/customer-privacy
 */
export function onPermission(tell: (allowed: boolean) => void): void {
  const platform = shopify();
  const look = (): void => tell(shopify().customerPrivacy?.analyticsProcessingAllowed() ?? false);
  document.addEventListener("visitorConsentCollected", look);
  if (platform.customerPrivacy || !platform.loadFeatures) look();
  else platform.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], look);
}
