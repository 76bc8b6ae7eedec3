import type { AttributeRecord, LineRecord, ProductRecord, VariantRecord } from "../records";
import type { ShopStore } from "../store";

/** The variant does not exist in this shop (any more). */
export class UnknownVariant extends Error {
  constructor(readonly variantId: number) {
    super(`there is no variant ${variantId}`);
    this.name = "UnknownVariant";
  }
}

/** The product that has the variant, with the variant; null when there is none. */
export function findVariant(
  shop: ShopStore,
  variantId: number,
): { product: Readonly<ProductRecord>; variant: Readonly<VariantRecord> } | null {
  for (const product of shop.all("product")) {
    const variant = product.variants.find((each) => each.id === variantId);
    if (variant) return { product, variant };
  }
  return null;
}

/** A line of the variant at its price now, with a new line id; throws UnknownVariant. */
export function lineOf(
  shop: ShopStore,
  variantId: number,
  quantity: number,
  attributes: AttributeRecord[] = [],
): LineRecord {
  const found = findVariant(shop, variantId);
  if (!found) throw new UnknownVariant(variantId);
  const { product, variant } = found;
  return {
    id: shop.newId("line"),
    variantId,
    productId: product.id,
    title: product.title,
    variantTitle: variantTitleOf(variant),
    sku: variant.sku || null,
    vendor: product.vendor || null,
    quantity,
    price: variant.price,
    discount: null,
    requiresShipping: variant.requiresShipping,
    taxable: variant.taxable,
    grams: variant.grams,
    attributes,
    image: variant.image ?? product.images[0] ?? null,
  };
}

/** Shopify's only variant of a product without options is called "Default Title" and shown as nothing. */
export function variantTitleOf(variant: { title: string }): string | null {
  return variant.title === "Default Title" ? null : variant.title;
}
