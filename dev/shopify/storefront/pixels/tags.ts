import type { CheckoutRecord, OrderRecord } from "../../records";
import { cartJson } from "../ajax/cart-json";
import { cookieNames } from "../cookies";
import { installationOf } from "../extension/installed";
import { asksConsent } from "../liquid/consent-law";
import { safeJson } from "../liquid/filters/text";
import { visibleProducts } from "../objects/product";
import type { Visit } from "../visit";
import { runningPixels } from "./running";
import { pixelCheckout, pixelCustomer, pixelShop, pixelVariant } from "./shapes";

interface PixelEvent {
  name: string;
  data: unknown;
}

/** What a page of the theme is about, for its events. */
export interface ThemePage {
  template: string;
  productId: number | null;
  collection: { id: number | null; handle: string; title: string } | null;
  search: { terms: string; performed: boolean; results: { id: number }[] } | null;
}

/** The pixels of a page of the theme: `page_viewed` and what the page shows. */
export function themePixels(visit: Visit, page: ThemePage): string {
  return pixelTags(visit, { events: [{ name: "page_viewed", data: {} }, ...shown(visit, page)] });
}

/** The pixels of a step of the checkout, or of the page after the payment. */
export function checkoutPixels(
  visit: Visit,
  at: { checkout: Readonly<CheckoutRecord>; step: string; order: Readonly<OrderRecord> | null },
): string {
  const checkout = pixelCheckout(visit, at.checkout, at.order);
  const events = [{ name: "page_viewed", data: {} }];
  return (
    privacyTags(visit) + pixelTags(visit, { events, checkout: { step: at.step, token: at.checkout.token, checkout } })
  );
}

/** What the privacy script needs, where no theme has put it. */
function privacyTags(visit: Visit): string {
  const privacy = privacyOf(visit);
  return `<script>window.Shopify=Object.assign(window.Shopify||{},{shop:${safeJson(visit.shop.domain)},routes:{root:${safeJson(visit.root)}}});window.__localPrivacy=${safeJson(privacy)};</script><script src="/cdn/shopifycloud/privacy.js"></script>`;
}

/** How the privacy script of this shop's pages is set up. */
export function privacyOf({ shop, settings }: Visit) {
  return {
    cookie: cookieNames(shop.domain).consent,
    required: asksConsent(settings.countryCode),
    region: settings.countryCode,
  };
}

function pixelTags(visit: Visit, page: { events: PixelEvent[]; checkout?: unknown }): string {
  const { world, shop } = visit;
  const pixels = installationOf(world, shop) ? runningPixels(world, shop) : [];
  const data = {
    pixels: pixels.map(({ record, extension }) => ({
      id: String(record.id),
      script: `/web-pixels/web-pixel-${record.id}/pixel.js?v=${Date.parse(record.updatedAt)}`,
      needs: extension.needs,
      settings: record.settings,
    })),
    init: { shop: pixelShop(visit), customer: pixelCustomer(visit), purchasingCompany: null },
    cart: visit.cart ? cartJson(visit) : null,
    storage: `_local_pixels_${shop.domain.split(".")[0]}`,
    ...page,
  };
  return `<script>window.__localPixels=${safeJson(data)};</script><script src="/cdn/shopifycloud/pixels.js"></script>`;
}

function shown(visit: Visit, page: ThemePage): PixelEvent[] {
  if (page.template === "cart") return [{ name: "cart_viewed", data: { cart: "current" } }];
  if (page.template === "product" && page.productId !== null) {
    const product = visit.shop.get("product", page.productId);
    const asked = Number(visit.req.query.variant);
    const variant = product?.variants.find((each) => each.id === asked) ?? product?.variants[0];
    if (!product || !variant) return [];
    return [{ name: "product_viewed", data: { productVariant: pixelVariant(visit, product, variant) } }];
  }
  if (page.template === "collection" && page.collection) {
    const { handle, id, title } = page.collection;
    const products = visibleProducts(visit).filter((each) => handle === "all" || each.collections.includes(handle));
    const collection = { id: String(id ?? ""), title, productVariants: firstVariants(visit, products) };
    return [{ name: "collection_viewed", data: { collection } }];
  }
  if (page.template === "search" && page.search?.performed) {
    const ids = new Set(page.search.results.map((each) => each.id));
    const products = visibleProducts(visit).filter((each) => ids.has(each.id));
    const searchResult = { query: page.search.terms, productVariants: firstVariants(visit, products) };
    return [{ name: "search_submitted", data: { searchResult } }];
  }
  return [];
}

function firstVariants(visit: Visit, products: readonly Parameters<typeof pixelVariant>[1][]) {
  return products.flatMap((product) => {
    const variant = product.variants[0];
    return variant ? [pixelVariant(visit, product, variant)] : [];
  });
}
