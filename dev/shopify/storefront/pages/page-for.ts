import { searchProducts } from "../ajax/search";
import { collectionObject } from "../objects/collection";
import { productObject, visibleProducts } from "../objects/product";
import { localePath, type Visit } from "../visit";
import { legalPage } from "./policies";

/** Which template a path shows and with which objects. */
export interface Page {
  status: number;
  template: string;
  objects: Record<string, unknown>;
}

/** The theme's page for a path that shows something of the shop; 404 for any other. */
export function pageFor(visit: Visit): Page {
  const parts = visit.path.replace(/\/$/, "").split("/").slice(1).map(decode);
  const [area, handle, inner, innerHandle] = parts;
  const found = find();
  return found ?? { status: 404, template: "404", objects: { page_title: "Page not found" } };

  function find(): Page | null {
    if (area === undefined) return page("index", { page_title: visit.settings.name });
    if (area === "cart" && parts.length === 1) return page("cart", { page_title: "Cart" });
    if (area === "search" && parts.length === 1) return searchPage();
    if (area === "products" && handle && parts.length === 2) return productPage(handle);
    if (area === "collections" && handle === undefined) return page("list-collections", { page_title: "Collections" });
    if (area === "collections" && handle && parts.length === 2) return collectionPage(handle);
    if (area === "collections" && inner === "products" && innerHandle) return productPage(innerHandle);
    if (area === "pages" || area === "policies") {
      const content = legalPage(visit, handle ?? "");
      return content && page("page", { page: content, page_title: content.title });
    }
    return null;
  }

  function productPage(name: string): Page | null {
    const record = visibleProducts(visit).find((product) => product.handle === name);
    if (!record) return null;
    const chosen = Number(visit.req.query.variant) || null;
    const product = productObject(visit, record, chosen);
    return page("product", { product, page_title: product.title, page_description: plain(product.description) });
  }

  function collectionPage(name: string): Page | null {
    const collection = collectionObject(visit, name);
    return collection && page("collection", { collection, page_title: collection.title });
  }

  function searchPage(): Page {
    const terms = String(visit.req.query.q ?? "").slice(0, 200);
    const results = searchProducts(visit, terms).map((product) => ({
      ...productObject(visit, product),
      object_type: "product",
    }));
    return page("search", {
      search: { terms, performed: terms.trim() !== "", results, results_count: results.length, types: ["product"] },
      page_title: "Search",
    });
  }

  function page(template: string, objects: Record<string, unknown>): Page {
    const canonical = `${visit.origin}${localePath(visit, visit.path)}`;
    const refusal = visit.req.query.cart_error;
    const result =
      typeof refusal === "string"
        ? { kind: area === "cart" ? "cart" : "product", errors: { messages: [refusal] } }
        : undefined;
    return { status: 200, template, objects: { canonical_url: canonical, form_result: result, ...objects } };
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
