import type { CollectionRecord, ProductRecord } from "../../records";
import { collectionBannerPath } from "../../seed/paths";
import { localePath, type Visit } from "../visit";
import { ImageObject } from "./image";
import { type ProductObject, productObject, visibleProducts } from "./product";

/** The orders of a collection page, as Shopify names them in `?sort_by=`. */
const sortOrders: Record<string, (a: ProductRecord, b: ProductRecord) => number> = {
  "title-ascending": (a, b) => a.title.localeCompare(b.title),
  "title-descending": (a, b) => b.title.localeCompare(a.title),
  "price-ascending": (a, b) => lowest(a) - lowest(b),
  "price-descending": (a, b) => lowest(b) - lowest(a),
  "created-descending": (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id,
  "created-ascending": (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id - b.id,
};

function lowest(product: ProductRecord): number {
  return Math.min(...product.variants.map((variant) => variant.price));
}

/**
 * https://shopify.dev/docs/api/liquid/objects/collection. `all` is every visible product;
 * null when there is no such collection.
 */
export function collectionObject(visit: Visit, handle: string) {
  const record = visit.shop.all("collection").find((collection) => collection.handle === handle);
  if (!record && handle !== "all") return null;
  const query = visit.req.query;
  const sortBy = typeof query.sort_by === "string" ? query.sort_by : "";
  const onlyAvailable = query["filter.v.availability"] === "1";
  const products = (): ProductObject[] => {
    const found = visibleProducts(visit).filter((product) => handle === "all" || product.collections.includes(handle));
    const order = sortOrders[sortBy];
    const sorted = order ? [...found].sort(order) : found;
    const objects = sorted.map((product) => productObject(visit, product));
    return onlyAvailable ? objects.filter((product) => product.available) : objects;
  };
  return {
    id: record?.id ?? null,
    handle,
    title: record?.title ?? "All products",
    description: record?.descriptionHtml ?? "",
    url: localePath(visit, `/collections/${handle}`),
    image: record ? bannerOf(visit, record) : null,
    filters: [
      {
        label: "Availability",
        param_name: "filter.v.availability",
        type: "list",
        values: [{ label: "In stock", value: "1", param_name: "filter.v.availability", active: onlyAvailable }],
      },
    ],
    get featured_image() {
      return products()[0]?.featured_image ?? null;
    },
    get products() {
      return products();
    },
    get products_count() {
      return products().length;
    },
    get all_products_count() {
      return products().length;
    },
    sort_by: sortBy,
    default_sort_by: "manual",
    sort_options: [
      { value: "manual", name: "featured" },
      { value: "title-ascending", name: "title_ascending" },
      { value: "price-ascending", name: "price_ascending" },
      { value: "price-descending", name: "price_descending" },
      { value: "created-descending", name: "created_descending" },
    ],
  };
}

function bannerOf(visit: Visit, { id, handle, title }: CollectionRecord): ImageObject {
  return new ImageObject(visit, { id, path: collectionBannerPath(handle), altText: title, width: 1600, height: 600 });
}

export type CollectionObject = NonNullable<ReturnType<typeof collectionObject>>;

export function allCollections(visit: Visit): CollectionObject[] {
  return visit.shop.all("collection").flatMap(({ handle }) => collectionObject(visit, handle) ?? []);
}
