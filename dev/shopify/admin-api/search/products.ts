import type { ProductRecord, VariantRecord } from "../../records";
import { notImplemented } from "../engine/errors";
import type { Order } from "../engine/pages";
import type { Searchable } from "./match";

/** A variant with the product it belongs to: what ProductVariant fields are read from. */
export interface VariantNode {
  product: Readonly<ProductRecord>;
  variant: Readonly<VariantRecord>;
}

/** Filters of `products(query:)`. */
export const productSearch: Searchable<Readonly<ProductRecord>> = {
  name: "QueryRoot.products",
  anywhere: (product) => [
    product.title,
    product.vendor,
    product.productType,
    ...product.tags,
    ...product.variants.flatMap((variant) => [variant.title, variant.sku, variant.barcode]),
  ],
  fields: {
    id: { type: "number", of: (product) => product.id },
    title: { type: "text", of: (product) => product.title },
    handle: { type: "exact", of: (product) => product.handle },
    vendor: { type: "exact", of: (product) => product.vendor },
    product_type: { type: "exact", of: (product) => product.productType },
    tag: { type: "exact", of: (product) => product.tags },
    status: { type: "exact", of: (product) => product.status },
    sku: { type: "exact", of: (product) => product.variants.map((variant) => variant.sku) },
    barcode: { type: "exact", of: (product) => product.variants.map((variant) => variant.barcode) },
    created_at: { type: "time", of: (product) => product.createdAt },
    updated_at: { type: "time", of: (product) => product.updatedAt },
    inventory_total: { type: "number", of: totalInventory },
    published_status: {
      type: "exact",
      of: (product) => [product.status === "ACTIVE" ? "published" : "unpublished", "online_store_channel"],
    },
  },
};

/** Units of all tracked variants. */
export function totalInventory(product: Readonly<ProductRecord>): number {
  return product.variants.reduce((sum, variant) => sum + (variant.tracked ? variant.inventoryQuantity : 0), 0);
}

/** How `products(sortKey:)` sorts. */
export function productOrder(sortKey: unknown): Order<Readonly<ProductRecord>> {
  const id = (product: Readonly<ProductRecord>) => product.id;
  switch (sortKey) {
    case "ID":
    case "RELEVANCE":
    case undefined:
      return { id, value: id };
    case "TITLE":
      return { id, value: (product) => product.title.toLowerCase() };
    case "VENDOR":
      return { id, value: (product) => product.vendor.toLowerCase() };
    case "PRODUCT_TYPE":
      return { id, value: (product) => product.productType.toLowerCase() };
    case "INVENTORY_TOTAL":
      return { id, value: totalInventory };
    case "CREATED_AT":
    case "PUBLISHED_AT":
      return { id, value: (product) => product.createdAt };
    case "UPDATED_AT":
      return { id, value: (product) => product.updatedAt };
    default:
      throw notImplemented(`ProductSortKeys.${String(sortKey)}`);
  }
}

/** Filters of `productVariants(query:)`. */
export const variantSearch: Searchable<VariantNode> = {
  name: "QueryRoot.productVariants",
  anywhere: ({ product, variant }) => [
    `${product.title} ${variant.title}`,
    variant.sku,
    variant.barcode,
    product.vendor,
    ...product.tags,
  ],
  fields: {
    id: { type: "number", of: ({ variant }) => variant.id },
    product_id: { type: "number", of: ({ product }) => product.id },
    title: { type: "text", of: ({ product, variant }) => `${product.title} ${variant.title}` },
    sku: { type: "exact", of: ({ variant }) => variant.sku },
    barcode: { type: "exact", of: ({ variant }) => variant.barcode },
    tag: { type: "exact", of: ({ product }) => product.tags },
    vendor: { type: "exact", of: ({ product }) => product.vendor },
    product_type: { type: "exact", of: ({ product }) => product.productType },
    product_status: { type: "exact", of: ({ product }) => product.status },
    inventory_quantity: { type: "number", of: ({ variant }) => variant.inventoryQuantity },
    updated_at: { type: "time", of: ({ product }) => product.updatedAt },
  },
};

/** How `productVariants(sortKey:)` sorts. */
export function variantOrder(sortKey: unknown): Order<VariantNode> {
  const id = ({ variant }: VariantNode) => variant.id;
  switch (sortKey) {
    case "ID":
    case "RELEVANCE":
    case undefined:
      return { id, value: id };
    case "POSITION":
      return { id, value: ({ product, variant }) => product.variants.findIndex((each) => each.id === variant.id) };
    case "TITLE":
    case "NAME":
      return { id, value: ({ variant }) => variant.title.toLowerCase() };
    case "FULL_TITLE":
      return { id, value: ({ product, variant }) => `${product.title} - ${variant.title}`.toLowerCase() };
    case "SKU":
      return { id, value: ({ variant }) => variant.sku };
    case "INVENTORY_QUANTITY":
      return { id, value: ({ variant }) => variant.inventoryQuantity };
    default:
      throw notImplemented(`ProductVariantSortKeys.${String(sortKey)}`);
  }
}
