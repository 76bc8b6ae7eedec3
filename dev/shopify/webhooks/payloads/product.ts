import { decimal } from "../../commerce/prices";
import { gid, type ProductRecord, type ShopRecord, type VariantRecord } from "../../records";
import type { ShopStore } from "../../store";
import { zoned } from "./forms";

/** `products/create|update`. */
export function productPayload(shop: ShopStore, product: Readonly<ProductRecord>) {
  const settings = shop.settings();
  const images = product.images.map((image, index) => ({
    id: image.id,
    product_id: product.id,
    position: index + 1,
    alt: image.altText,
    width: image.width,
    height: image.height,
    src: `${settings.storefrontOrigin}${image.path}`,
    variant_ids: product.variants.filter((each) => each.image?.id === image.id).map((each) => each.id),
    admin_graphql_api_id: gid("MediaImage", image.id),
  }));
  return {
    admin_graphql_api_id: gid("Product", product.id),
    body_html: product.descriptionHtml,
    created_at: zoned(product.createdAt, settings),
    handle: product.handle,
    id: product.id,
    product_type: product.productType,
    published_at: product.status === "ACTIVE" ? zoned(product.createdAt, settings) : null,
    template_suffix: null,
    title: product.title,
    updated_at: zoned(product.updatedAt, settings),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: "web",
    tags: product.tags.join(", "),
    variants: product.variants.map((variant, index) => variantPayload(product, variant, index, settings)),
    options: product.options.map(({ name, values }, index) => ({
      name,
      id: product.id * 10 + index,
      product_id: product.id,
      position: index + 1,
      values,
    })),
    images,
    image: images[0] ?? null,
    media: [],
    variant_gids: product.variants.map((variant) => ({
      admin_graphql_api_id: gid("ProductVariant", variant.id),
      updated_at: product.updatedAt,
    })),
    has_variants_that_requires_components: false,
  };
}

function variantPayload(
  product: Readonly<ProductRecord>,
  variant: Readonly<VariantRecord>,
  index: number,
  settings: ShopRecord,
) {
  return {
    admin_graphql_api_id: gid("ProductVariant", variant.id),
    barcode: variant.barcode,
    compare_at_price: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice),
    created_at: zoned(product.createdAt, settings),
    id: variant.id,
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    position: index + 1,
    price: decimal(variant.price),
    product_id: product.id,
    sku: variant.sku,
    taxable: variant.taxable,
    title: variant.title,
    updated_at: zoned(product.updatedAt, settings),
    option1: variant.options[0] ?? null,
    option2: variant.options[1] ?? null,
    option3: variant.options[2] ?? null,
    image_id: variant.image?.id ?? null,
    inventory_item_id: variant.inventoryItemId,
    inventory_quantity: variant.inventoryQuantity,
    old_inventory_quantity: variant.inventoryQuantity,
  };
}

/** `inventory_levels/update`: each shop here has one location. */
export function inventoryLevelPayload(shop: ShopStore, variant: Readonly<VariantRecord>, at: string) {
  const settings = shop.settings();
  const location = settings.id * 10 + 1;
  return {
    inventory_item_id: variant.inventoryItemId,
    location_id: location,
    available: variant.inventoryQuantity,
    updated_at: zoned(at, settings),
    admin_graphql_api_id: `${gid("InventoryLevel", location)}?inventory_item_id=${variant.inventoryItemId}`,
  };
}
