import { toMinor } from "~/platform/money";
import type { AdminClient } from "./admin-client";
import { type VariantForSaleFragment, VariantsDocument } from "./queries/generated";

/** A variant as Shopify has it now. */
export interface VariantNow {
  /** gid://shopify/ProductVariant/… */
  id: string;
  productTitle: string;
  /** Null for the only variant of a product. */
  variantTitle: string | null;
  sku: string | null;
  image: string | null;
  /** Minor units of the shop's currency. */
  price: number;
  /** Units that can be sold; null when the stock is not counted or may go below zero. */
  available: number | null;
  /** Whether the product is on sale at all. */
  active: boolean;
}

/** Variants by gid as Shopify has them now; one that is gone is missing from the map. */
export async function readVariants(
  admin: AdminClient,
  ids: readonly (string | null)[],
  currency: string,
): Promise<Map<string, VariantNow>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const found = new Map<string, VariantNow>();
  // Shopify takes at most 250 ids in one argument: https://shopify.dev/docs/api/usage/limits
  for (let from = 0; from < wanted.length; from += 100) {
    const { nodes } = await admin.ask(VariantsDocument, { ids: wanted.slice(from, from + 100) });
    for (const node of nodes) {
      if (node?.__typename !== "ProductVariant") continue;
      const image = node.product.featuredMedia?.preview?.image?.url ?? null;
      const facts = { productTitle: node.product.title, image, active: node.product.status === "ACTIVE" };
      found.set(node.id, variantNow(node, facts, currency));
    }
  }
  return found;
}

export function variantNow(
  variant: VariantForSaleFragment,
  product: Pick<VariantNow, "productTitle" | "image" | "active">,
  currency: string,
): VariantNow {
  const counted = variant.inventoryItem.tracked && variant.inventoryPolicy === "DENY";
  return {
    id: variant.id,
    ...product,
    // Shopify calls the only variant of a product this.
    variantTitle: variant.title === "Default Title" ? null : variant.title,
    sku: variant.sku || null,
    price: toMinor(variant.price, currency),
    available: counted ? (variant.inventoryQuantity ?? 0) : null,
  };
}
