import { decimal } from "../../commerce/prices";
import { type CustomerRecord, gid, type ProductRecord, type VariantRecord } from "../../records";
import { customerName } from "../look/format";
import { matches } from "../pages/listing";
import type { Visit } from "../visit";

export type PickerType = "product" | "variant" | "collection" | "customer";

/** Rows of the resource picker, in the shape that App Bridge gives back for a selection. */
export function pickerSearch(visit: Visit, type: PickerType, query: string): object[] {
  const { shop } = visit;
  const products = shop.all("product");
  if (type === "customer") {
    return shop
      .all("customer")
      .filter((each) => matches(query, [customerName(each), each.email, each.phone]))
      .slice(0, 60)
      .map(customerRow);
  }
  if (type === "collection") {
    return shop
      .all("collection")
      .filter((each) => matches(query, [each.title]))
      .map((each) => ({
        id: gid("Collection", each.id),
        handle: each.handle,
        title: each.title,
        descriptionHtml: each.descriptionHtml,
      }));
  }
  const found = products.filter((each) => matches(query, searchable(each))).slice(0, 60);
  if (type === "product") return found.map((each) => productRow(visit, each));
  return found.flatMap((product) => product.variants.map((variant) => variantRow(visit, product, variant)));
}

function searchable(product: ProductRecord): string[] {
  return [
    product.title,
    product.vendor,
    product.productType,
    ...product.tags,
    ...product.variants.map((each) => each.sku),
  ];
}

function customerRow(customer: CustomerRecord) {
  return {
    id: gid("Customer", customer.id),
    displayName: customerName(customer),
    firstName: customer.firstName,
    lastName: customer.lastName,
    email: customer.email,
    phone: customer.phone,
  };
}

function productRow(visit: Visit, product: ProductRecord) {
  return {
    id: gid("Product", product.id),
    title: product.title,
    handle: product.handle,
    descriptionHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: product.status,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    publishedAt: product.status === "ACTIVE" ? product.createdAt : null,
    hasOnlyDefaultVariant: product.variants.length === 1 && product.options.length <= 1,
    totalInventory: product.variants.reduce((sum, each) => sum + each.inventoryQuantity, 0),
    totalVariants: product.variants.length,
    tracksInventory: product.variants.some((each) => each.tracked),
    availablePublicationCount: 1,
    options: product.options.map((option, index) => ({
      id: gid("ProductOption", product.id * 10 + index),
      name: option.name,
      position: index + 1,
      values: option.values,
    })),
    images: product.images.map((image) => imageRow(visit, image)),
    variants: product.variants.map((variant) => variantRow(visit, product, variant)),
  };
}

function variantRow(visit: Visit, product: ProductRecord, variant: VariantRecord) {
  return {
    id: gid("ProductVariant", variant.id),
    title: variant.title,
    displayName: variant.title === "Default Title" ? product.title : `${product.title} - ${variant.title}`,
    sku: variant.sku,
    barcode: variant.barcode,
    price: decimal(variant.price),
    compareAtPrice: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice),
    availableForSale: !variant.tracked || variant.inventoryPolicy === "CONTINUE" || variant.inventoryQuantity > 0,
    inventoryQuantity: variant.inventoryQuantity,
    inventoryPolicy: variant.inventoryPolicy,
    inventoryManagement: variant.tracked ? "SHOPIFY" : "NOT_MANAGED",
    inventoryItem: { id: gid("InventoryItem", variant.inventoryItemId) },
    position: product.variants.findIndex((each) => each.id === variant.id) + 1,
    requiresShipping: variant.requiresShipping,
    taxable: variant.taxable,
    weight: variant.grams,
    weightUnit: "GRAMS",
    selectedOptions: variant.options.map((value) => ({ value })),
    image: variant.image ? imageRow(visit, variant.image) : null,
    product: { id: gid("Product", product.id), title: product.title, handle: product.handle },
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
  };
}

function imageRow(visit: Visit, image: { id: number; path: string; altText: string }) {
  return {
    id: gid("ProductImage", image.id),
    altText: image.altText,
    originalSrc: visit.settings.storefrontOrigin + image.path,
  };
}
