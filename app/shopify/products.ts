import type { Context } from "~/context";
import { adminFor } from "./admin-for";
import { ProductSearchDocument } from "./queries/generated";
import { type VariantNow, variantNow } from "./variants";

export interface ProductFound {
  /** gid://shopify/Product/… */
  id: string;
  title: string;
  image: string | null;
  variants: VariantNow[];
}

/**
 * Products on sale that match what was typed, by title, variant, SKU and whatever else Shopify searches; the newest of
 * Shopify's own order when nothing was typed. Throws ShopifyDown, ShopifyThrottled and ShopifyDenied.
 * Twelve with 30 variants each stay below the 1,000 points that one query may cost; twenty do not.
 */
export async function searchProducts(ctx: Context, typed: string, first = 12): Promise<ProductFound[]> {
  const answer = await adminFor(ctx).ask(ProductSearchDocument, { query: searchText(typed), first });
  return answer.products.nodes.map((product) => {
    const image = product.featuredMedia?.preview?.image?.url ?? null;
    const facts = { productTitle: product.title, image, active: true };
    return {
      id: product.id,
      title: product.title,
      image,
      variants: product.variants.nodes.map((variant) => variantNow(variant, facts, ctx.shop.currency)),
    };
  });
}

/**
 * What was typed as Shopify's search syntax: every word must occur, the last one as a beginning because it is still
 * being typed. Signs that mean something there are taken as blanks. https://shopify.dev/docs/api/usage/search-syntax
 */
export function searchText(typed: string): string {
  const words = typed
    .replace(/[\\'"():*<>=-]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "" && !/^(and|or|not)$/i.test(word))
    .slice(0, 10);
  const last = words.pop();
  return ["status:active", ...words, ...(last ? [`${last}*`] : [])].join(" AND ");
}
