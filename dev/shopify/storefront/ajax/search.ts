import type { ProductRecord } from "../../records";
import { isAvailable, visibleProducts } from "../objects/product";
import { localePath, type Visit } from "../visit";

/** Products that hold every word of the query, best first: in the title before type, tags and text. */
export function searchProducts(visit: Visit, query: string): Readonly<ProductRecord>[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = visibleProducts(visit).flatMap((product) => {
    const title = fold(product.title);
    const around = fold([product.productType, product.vendor, ...product.tags].join(" "));
    const rest = fold(
      `${product.descriptionHtml} ${product.variants.map(({ sku, title: name }) => `${sku} ${name}`).join(" ")}`,
    );
    let score = 0;
    for (const word of words) {
      const found = title.includes(word) ? 100 : around.includes(word) ? 10 : rest.includes(word) ? 1 : 0;
      if (found === 0) return [];
      score += found;
    }
    return [{ product, score }];
  });
  return ranked.sort((a, b) => b.score - a.score).map(({ product }) => product);
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[̀-ͯ]/g, "")
    .replace(/<[^>]*>/g, " ")
    .toLowerCase();
}

/** `/search/suggest.json?q=…`. https://shopify.dev/docs/api/ajax/reference/predictive-search */
export function suggest(visit: Visit) {
  const query = String(visit.req.query.q ?? "");
  const asked = visit.req.query.resources;
  const limit = Number((asked as Record<string, unknown> | undefined)?.limit ?? 10) || 10;
  const products = searchProducts(visit, query)
    .slice(0, Math.min(10, limit))
    .map((product) => suggestion(visit, product));
  const collections = visit.shop
    .all("collection")
    .filter(({ title }) => query !== "" && fold(title).includes(fold(query)))
    .map(({ id, handle, title, descriptionHtml }) => ({
      id,
      handle,
      title,
      body: descriptionHtml,
      url: localePath(visit, `/collections/${handle}`),
    }));
  return { resources: { results: { queries: [], collections, products, pages: [], articles: [] } } };
}

/** `/recommendations/products.json?product_id=…&limit=…`: same type first, then same collections. */
export function recommended(visit: Visit, productId: number, limit: number): Readonly<ProductRecord>[] {
  const base = visit.shop.get("product", productId);
  if (!base) return [];
  const shared = (other: Readonly<ProductRecord>) =>
    (other.productType === base.productType ? 2 : 0) +
    other.collections.filter((handle) => base.collections.includes(handle)).length +
    other.tags.filter((tag) => base.tags.includes(tag)).length;
  return visibleProducts(visit)
    .filter((other) => other.id !== base.id && shared(other) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, limit);
}

function suggestion(visit: Visit, product: Readonly<ProductRecord>) {
  const prices = product.variants.map(({ price }) => (price / 100).toFixed(2));
  const image = product.images[0];
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    url: localePath(visit, `/products/${product.handle}`),
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    available: product.variants.some((variant) => isAvailable(visit, variant)),
    price: prices[0] ?? "0.00",
    image: image ? `${visit.origin}${image.path}` : null,
    featured_image: image
      ? { url: `${visit.origin}${image.path}`, alt: image.altText, width: image.width, height: image.height }
      : null,
  };
}
