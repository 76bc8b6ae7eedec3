import { reservedUnits, sellable } from "../../commerce/stock";
import type { ProductRecord, VariantRecord } from "../../records";
import { handleize } from "../liquid/filters/text";
import { localePath, type Visit } from "../visit";
import { collectionObject } from "./collection";
import { imageObject } from "./image";

/** Whether a shopper can buy at least one now. */
export function isAvailable(visit: Visit, variant: Readonly<VariantRecord>): boolean {
  return sellable(variant, reservedUnits(visit.shop, visit.world.clock())) > 0;
}

/** The products a shopper can see, newest last. */
export function visibleProducts(visit: Visit): readonly Readonly<ProductRecord>[] {
  return visit.shop.all("product").filter((product) => product.status === "ACTIVE");
}

/** https://shopify.dev/docs/api/liquid/objects/variant */
export function variantObject(visit: Visit, product: Readonly<ProductRecord>, variant: Readonly<VariantRecord>) {
  const image = imageObject(visit, variant.image);
  return {
    id: variant.id,
    title: variant.title,
    option1: variant.options[0] ?? null,
    option2: variant.options[1] ?? null,
    option3: variant.options[2] ?? null,
    options: variant.options,
    sku: variant.sku,
    barcode: variant.barcode ?? "",
    price: variant.price,
    compare_at_price: variant.compareAtPrice,
    available: isAvailable(visit, variant),
    inventory_quantity: variant.inventoryQuantity,
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    inventory_management: variant.tracked ? "shopify" : null,
    requires_shipping: variant.requiresShipping,
    taxable: variant.taxable,
    weight: variant.grams,
    image,
    featured_image: image,
    url: `${localePath(visit, `/products/${product.handle}`)}?variant=${variant.id}`,
  };
}

/** https://shopify.dev/docs/api/liquid/objects/product */
export function productObject(visit: Visit, product: Readonly<ProductRecord>, selectedId: number | null = null) {
  const reserved = reservedUnits(visit.shop, visit.world.clock());
  const prices = product.variants.map((variant) => variant.price);
  const compared = product.variants.map((variant) => variant.compareAtPrice ?? 0);
  const available = (variant: VariantRecord) => sellable(variant, reserved) > 0;
  const firstAvailable = product.variants.find(available);
  const selected = product.variants.find((variant) => variant.id === selectedId) ?? null;
  const shown = selected ?? firstAvailable ?? product.variants[0];
  const images = product.images.map((image, index) => imageObject(visit, image, index + 1));
  const wrap = (variant: VariantRecord | undefined | null) => (variant ? variantObject(visit, product, variant) : null);
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    url: localePath(visit, `/products/${product.handle}`),
    description: product.descriptionHtml,
    content: product.descriptionHtml,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    available: firstAvailable !== undefined,
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    price_varies: new Set(prices).size > 1,
    compare_at_price: Math.max(...compared) || null,
    compare_at_price_max: Math.max(...compared) || null,
    images,
    media: images,
    featured_image: images[0] ?? null,
    featured_media: images[0] ?? null,
    has_only_default_variant: product.variants.length === 1 && product.variants[0]?.title === "Default Title",
    options: product.options.map((option) => option.name),
    options_with_values: product.options.map((option, index) => ({
      name: option.name,
      position: index + 1,
      values: option.values,
      selected_value: shown?.options[index] ?? null,
    })),
    get variants() {
      return product.variants.map((variant) => wrap(variant));
    },
    get first_available_variant() {
      return wrap(firstAvailable);
    },
    get selected_variant() {
      return wrap(selected);
    },
    get selected_or_first_available_variant() {
      return wrap(shown);
    },
    get collections(): unknown[] {
      return product.collections.flatMap((handle) => collectionObject(visit, handle) ?? []);
    },
    created_at: product.createdAt,
    published_at: product.createdAt,
    template_suffix: null,
    category: handleize(product.productType),
  };
}

export type ProductObject = ReturnType<typeof productObject>;
