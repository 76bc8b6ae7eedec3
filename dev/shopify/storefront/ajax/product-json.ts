import type { ProductRecord } from "../../records";
import { isAvailable } from "../objects/product";
import { localePath, type Visit } from "../visit";

/** `/products/<handle>.js`. https://shopify.dev/docs/api/ajax/reference/product */
export function productJson(visit: Visit, product: Readonly<ProductRecord>) {
  const prices = product.variants.map((variant) => variant.price);
  const address = (path: string) => `${visit.origin}${path}`;
  const image = product.images[0];
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    description: product.descriptionHtml,
    published_at: product.createdAt,
    created_at: product.createdAt,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    available: product.variants.some((variant) => isAvailable(visit, variant)),
    price_varies: new Set(prices).size > 1,
    compare_at_price: product.variants[0]?.compareAtPrice ?? null,
    variants: product.variants.map((variant) => ({
      id: variant.id,
      title: variant.title,
      option1: variant.options[0] ?? null,
      option2: variant.options[1] ?? null,
      option3: variant.options[2] ?? null,
      sku: variant.sku,
      requires_shipping: variant.requiresShipping,
      taxable: variant.taxable,
      featured_image: variant.image
        ? { id: variant.image.id, src: address(variant.image.path), alt: variant.image.altText }
        : null,
      available: isAvailable(visit, variant),
      name: variant.title === "Default Title" ? product.title : `${product.title} - ${variant.title}`,
      public_title: variant.title === "Default Title" ? null : variant.title,
      options: variant.options,
      price: variant.price,
      weight: variant.grams,
      compare_at_price: variant.compareAtPrice,
      inventory_management: variant.tracked ? "shopify" : null,
      barcode: variant.barcode,
    })),
    images: product.images.map(({ path }) => address(path)),
    featured_image: image ? address(image.path) : null,
    options: product.options.map((option, index) => ({
      name: option.name,
      position: index + 1,
      values: option.values,
    })),
    url: localePath(visit, `/products/${product.handle}`),
    media: product.images.map((each, index) => ({
      id: each.id,
      alt: each.altText,
      position: index + 1,
      media_type: "image",
      src: address(each.path),
      width: each.width,
      height: each.height,
      aspect_ratio: each.width / each.height,
    })),
    requires_selling_plan: false,
    selling_plan_groups: [],
  };
}
