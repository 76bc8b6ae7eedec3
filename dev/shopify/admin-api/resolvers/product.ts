import { findVariant } from "../../commerce/lines";
import { decimal } from "../../commerce/prices";
import { reservedUnits, sellable } from "../../commerce/stock";
import { gid, type ProductRecord } from "../../records";
import type { ShopStore } from "../../store";
import { type AdminContext, type Fields, same, type Types } from "../engine/context";
import { paginate, paginateInOrder } from "../engine/pages";
import { totalInventory, type VariantNode, variantOrder } from "../search/products";
import { imageWith, mediaOf } from "./image";
import { money } from "./money";

/** The variant with its product, or null when it is gone. */
export function findVariantNode(shop: ShopStore, variantId: number | null): VariantNode | null {
  return variantId === null ? null : findVariant(shop, variantId);
}

interface OptionNode {
  product: Readonly<ProductRecord>;
  index: number;
}

const product: Fields<ProductRecord> = {
  ...same<ProductRecord>(
    "handle",
    "title",
    "descriptionHtml",
    "vendor",
    "productType",
    "tags",
    "status",
    "createdAt",
    "updatedAt",
  ),
  id: (source) => gid("Product", source.id),
  legacyResourceId: (source) => String(source.id),
  description: (source, args) => truncate(source.descriptionHtml.replace(/<[^>]*>/g, "").trim(), args.truncateAt),
  bodyHtml: (source) => source.descriptionHtml,
  publishedAt: (source) => (source.status === "ACTIVE" ? source.createdAt : null),
  isGiftCard: () => false,
  requiresSellingPlan: () => false,
  hasOnlyDefaultVariant: (source) => source.variants.length === 1 && source.variants[0]?.title === "Default Title",
  hasOutOfStockVariants: (source) => source.variants.some((each) => each.tracked && each.inventoryQuantity <= 0),
  tracksInventory: (source) => source.variants.some((each) => each.tracked),
  totalInventory: (source) => totalInventory(source),
  totalVariants: (source) => source.variants.length,
  variantsCount: (source) => ({ count: source.variants.length, precision: "EXACT" }),
  onlineStoreUrl: (source, _args, { settings }) =>
    source.status === "ACTIVE" ? `${settings.storefrontOrigin}/products/${source.handle}` : null,
  onlineStorePreviewUrl: (source, _args, { settings }) => `${settings.storefrontOrigin}/products/${source.handle}`,
  priceRangeV2: (source, _args, { settings }) => {
    const prices = source.variants.map((each) => each.price);
    return {
      minVariantPrice: money(Math.min(...prices), settings.currency),
      maxVariantPrice: money(Math.max(...prices), settings.currency),
    };
  },
  options: (source, args) =>
    source.options
      .map((_option, index): OptionNode => ({ product: source, index }))
      .slice(0, typeof args.first === "number" ? args.first : undefined),
  variants: (source, args) =>
    paginate(
      source.variants.map((variant): VariantNode => ({ product: source, variant })),
      args,
      variantOrder(args.sortKey),
    ),
  featuredImage: (source) => source.images[0] ?? null,
  featuredMedia: (source) => (source.images[0] ? mediaOf(source.images[0]) : null),
  images: (source, args) => paginateInOrder(source.images, args),
  media: (source, args) => paginateInOrder(source.images.map(mediaOf), args),
  seo: () => ({ title: null, description: null }),
};

const variant: Fields<VariantNode> = {
  id: (node) => gid("ProductVariant", node.variant.id),
  legacyResourceId: (node) => String(node.variant.id),
  title: (node) => node.variant.title,
  displayName: (node) => `${node.product.title} - ${node.variant.title}`,
  sku: (node) => node.variant.sku || null,
  barcode: (node) => node.variant.barcode,
  price: (node) => decimal(node.variant.price),
  compareAtPrice: (node) => (node.variant.compareAtPrice === null ? null : decimal(node.variant.compareAtPrice)),
  position: (node) => node.product.variants.findIndex((each) => each.id === node.variant.id) + 1,
  taxable: (node) => node.variant.taxable,
  requiresComponents: () => false,
  showUnitPrice: () => false,
  createdAt: (node) => node.product.createdAt,
  updatedAt: (node) => node.product.updatedAt,
  inventoryPolicy: (node) => node.variant.inventoryPolicy,
  inventoryQuantity: (node, _args, context) => available(node, context),
  sellableOnlineQuantity: (node, _args, context) => available(node, context),
  availableForSale: (node, _args, { shop, now }) =>
    node.product.status === "ACTIVE" && sellable(node.variant, reservedUnits(shop, now)) > 0,
  inventoryItem: (node) => node,
  product: (node) => node.product,
  image: (node, args) => imageWith(node.variant.image, args),
  media: (node, args) => paginateInOrder(node.variant.image ? [mediaOf(node.variant.image)] : [], args),
  selectedOptions: (node) =>
    node.product.options.map((option, index) => ({ name: option.name, value: node.variant.options[index] ?? "" })),
};

const inventoryItem: Fields<VariantNode> = {
  id: (node) => gid("InventoryItem", node.variant.inventoryItemId),
  legacyResourceId: (node) => String(node.variant.inventoryItemId),
  sku: (node) => node.variant.sku || null,
  tracked: (node) => node.variant.tracked,
  requiresShipping: (node) => node.variant.requiresShipping,
  measurement: (node) => ({ weight: { value: node.variant.grams, unit: "GRAMS" } }),
  variant: (node) => node,
  createdAt: (node) => node.product.createdAt,
  updatedAt: (node) => node.product.updatedAt,
};

export const productTypes: Types = {
  Product: product,
  ProductVariant: variant,
  InventoryItem: inventoryItem,
  InventoryItemMeasurement: same<{ weight: unknown }>("weight"),
  ProductPriceRangeV2: same<{ minVariantPrice: unknown; maxVariantPrice: unknown }>(
    "minVariantPrice",
    "maxVariantPrice",
  ),
  ProductOption: {
    id: ({ product: owner, index }: OptionNode) => gid("ProductOption", owner.id * 10 + index),
    name: ({ product: owner, index }: OptionNode) => owner.options[index]?.name,
    position: ({ index }: OptionNode) => index + 1,
    values: ({ product: owner, index }: OptionNode) => owner.options[index]?.values,
  },
  SelectedOption: same<{ name: string; value: string }>("name", "value"),
  SEO: same<{ title: null; description: null }>("title", "description"),
  Count: same<{ count: number; precision: string }>("count", "precision"),
};

/** Units that can be sold: what is on the shelf less what open drafts reserve; untracked stock counts as it stands. */
function available({ variant: of }: VariantNode, { shop, now }: AdminContext): number {
  return of.tracked ? of.inventoryQuantity - (reservedUnits(shop, now).get(of.id) ?? 0) : of.inventoryQuantity;
}

function truncate(text: string, at: unknown): string {
  return typeof at === "number" && text.length > at ? `${text.slice(0, Math.max(0, at - 3))}...` : text;
}
