import type { FrameData } from "./page";

/**
 * Where an address that the app opens leads in this stand-in: Shopify's own addresses of the admin and of the
 * storefronts to the local ones, every other as it is.
 */
export function localAddress(href: string, data: Pick<FrameData, "base" | "handles" | "storefronts">): string {
  const inAdmin = /^shopify:(?:\/\/)?admin\/?(.*)$/.exec(href);
  if (inAdmin) return `${data.base}/${inAdmin[1]}`;
  // App Bridge sends whole addresses.
  const url = new URL(href);
  const rest = url.search + url.hash;
  if (url.hostname === "admin.shopify.com") return url.pathname + rest;
  const handle = data.handles[url.hostname];
  const storefront = data.storefronts[url.hostname];
  if (handle === undefined || storefront === undefined) return url.href;
  if (url.pathname === "/admin" || url.pathname.startsWith("/admin/")) {
    return `/store/${handle}${url.pathname.slice("/admin".length)}${rest}`;
  }
  return storefront + url.pathname + rest;
}
