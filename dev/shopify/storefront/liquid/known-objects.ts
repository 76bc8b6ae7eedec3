/**
 * Liquid's global objects that this storefront gives. A template that reads any other name is told
 * so, instead of rendering an empty string as Shopify would.
 */
const known = new Set([
  "all_products",
  "app",
  "article",
  "blog",
  "block",
  "blocks",
  "canonical_url",
  "cart",
  "collection",
  "collections",
  "content_for_header",
  "content_for_layout",
  "current_page",
  "customer",
  "demo_customers",
  "empty",
  "blank",
  "nil",
  "form",
  "forloop",
  "handle",
  "linklists",
  "localization",
  "order",
  "page",
  "page_description",
  "page_title",
  "paginate",
  "powered_by_link",
  "product",
  "recommendations",
  "request",
  "routes",
  "search",
  "section",
  "settings",
  "shop",
  "tablerowloop",
  "template",
  "theme",
]);

export function isKnownObject(name: string): boolean {
  return known.has(name);
}
