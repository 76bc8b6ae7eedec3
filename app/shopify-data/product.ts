import type { ProductRecordFragment, ProductRecordVariantFragment } from "~/shopify/queries/generated";
import {
  currencyOf,
  gidOf,
  minorOf,
  nodesOf,
  textOf,
  textOrNull,
  textsOf,
  timeOf,
  wholeOf,
  wordOf,
} from "./mirror/read";

export interface VariantKept {
  /** gid://shopify/ProductVariant/… */
  id: string;
  title: string;
  sku: string | null;
  barcode: string | null;
  /** Minor units of the product's currency. */
  price: number;
  available: boolean;
  /** Null when Shopify does not count it. */
  inStock: number | null;
  position: number;
}

/** What is kept of a product: the columns of `shopify_product` without those that the keeper computes. */
export interface ProductKept {
  /** gid://shopify/Product/… */
  id: string;
  title: string;
  handle: string;
  /** active | draft | archived | unlisted */
  status: string;
  vendor: string;
  type: string;
  tags: string[];
  image: string | null;
  currency: string;
  variants: VariantKept[];
  createdAt: Date;
  updatedAt: Date;
}

export type ProductNode = ProductRecordFragment & { variants: { edges: { node: ProductRecordVariantFragment }[] } };

/** A product as the Admin API tells it, as it is kept. Throws Malformed. */
export function productOf(node: ProductNode): ProductKept {
  const currency = currencyOf(node.priceRangeV2?.minVariantPrice.currencyCode);
  return {
    id: gidOf(node.id, "Product"),
    title: textOf(node.title, "title"),
    handle: textOf(node.handle, "handle"),
    status: wordOf(node.status, "status"),
    vendor: textOrNull(node.vendor) ?? "",
    type: textOrNull(node.productType) ?? "",
    tags: textsOf(node.tags),
    image: textOrNull(node.featuredMedia?.preview?.image?.url),
    currency,
    variants: nodesOf(node.variants).map((variant) => variantOf(variant, currency)),
    createdAt: timeOf(node.createdAt, "createdAt"),
    updatedAt: timeOf(node.updatedAt, "updatedAt"),
  };
}

function variantOf(variant: ProductRecordVariantFragment, currency: string): VariantKept {
  return {
    id: gidOf(variant.id, "ProductVariant"),
    title: textOrNull(variant.title) ?? "",
    sku: textOrNull(variant.sku),
    barcode: textOrNull(variant.barcode),
    price: minorOf(variant.price, currency, "a variant's price"),
    available: variant.availableForSale === true,
    inStock: variant.inventoryQuantity ?? null,
    position: wholeOf(variant.position, "a variant's position"),
  };
}
