import { adminOrigin, call, embedded, onNotice } from "./port";

const OWN = ["embedded", "hmac", "host", "id_token", "locale", "session", "shop", "timestamp"];

/** Where the merchant is in the app, without what Shopify added to the address. */
function place(): string {
  const url = new URL(location.href);
  for (const name of OWN) url.searchParams.delete(name);
  return url.pathname + url.search + url.hash;
}

/** Keeps the admin's address in step with the app's, and takes the admin's wishes to go somewhere. */
export function followHistory(): void {
  const tell = (): void => {
    call("place", place()).catch(() => {});
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const plain = history[name].bind(history);
    history[name] = (data: unknown, unused: string, url?: string | URL | null) => {
      plain(data, unused, url);
      tell();
    };
  }
  window.addEventListener("popstate", tell);
  window.addEventListener("hashchange", tell);
  onNotice("go", (detail) => go(String(detail)));
  tell();
}

/** Links that lead out of the app's frame, however they were written or clicked. */
export function catchLinks(): void {
  // Bubbling up to window last: a router that took the click has prevented it by now.
  window.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
    if (!(link instanceof HTMLAnchorElement) || !link.hasAttribute("href") || link.hasAttribute("download")) return;
    const target = event.metaKey || event.ctrlKey ? "_blank" : link.target;
    if (!leavesFrame(link.href, target)) return;
    event.preventDefault();
    open(link.href, target);
  });
  const plain = window.open.bind(window);
  window.open = (url?: string | URL, target?: string, features?: string): Window | null => {
    const href = url === undefined ? "" : new URL(url, location.href).href;
    if (href === "" || !leavesFrame(href, target ?? "_blank")) return plain(url, target, features);
    open(href, target ?? "_blank");
    return null;
  };
}

/** Asks the admin to open an address: `shopify:` ones, its own pages, or anything for the whole window. */
export function open(href: string, target: string): void {
  call("open", href, target).catch((error: Error) => console.error(`App Bridge: ${error.message}`));
}

function leavesFrame(href: string, target: string): boolean {
  if (!embedded) return false;
  if (href.startsWith("shopify:") || target === "_top" || target === "_parent") return true;
  const url = new URL(href, location.href);
  return url.hostname === "admin.shopify.com" || url.hostname.endsWith(".myshopify.com") || url.origin === adminOrigin;
}

/**
 * Goes to a place in the app. A link of the app's own navigation is clicked, so that a client-side router
 * takes it; without one `shopify:navigate` is fired, and what nobody takes is loaded by the admin, signed anew.
 */
export function go(path: string, link?: HTMLElement | null): void {
  if (link) {
    pressLink(link, path);
    return;
  }
  const before = location.href;
  const carrier = document.createElement("a");
  carrier.setAttribute("href", path);
  carrier.hidden = true;
  document.body.append(carrier);
  carrier.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
  carrier.remove();
  setTimeout(() => {
    if (location.href === before && place() !== path) call("load", path).catch(() => location.assign(path));
  }, 150);
}

function pressLink(link: HTMLElement, path: string): void {
  const untaken = (event: Event): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    go(path);
  };
  window.addEventListener("click", untaken, { once: true });
  link.click();
  window.removeEventListener("click", untaken);
}
