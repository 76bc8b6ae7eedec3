import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import type { CartRecord, CustomerRecord, ShopRecord } from "../records";
import type { ShopStore } from "../store";
import type { World } from "../world";
import { cookieNames, readCookie, setCookie, sign, unsign } from "./cookies";
import type { Theme } from "./liquid/theme";

/** One request of a shopper: who they are, in which language, with which cart. */
export interface Visit {
  world: World;
  shop: ShopStore;
  settings: ShopRecord;
  theme: Theme;
  req: Request;
  res: Response;
  /** ISO code of the page's language, one of `theme.locales`. */
  locale: string;
  /** The path without the locale's prefix, such as `/cart.js`. */
  path: string;
  /** Scheme and host that the browser used, without a trailing slash. */
  origin: string;
  /** `/` or `/ar/`. */
  root: string;
  customer: CustomerRecord | null;
  /** The shopper's open cart; null until the first item was added. */
  cart: CartRecord | null;
}

/** The secret that signs customer sessions of one shop. */
function sessionSecret(world: World, domain: string): string {
  return createHash("sha256").update(`customer session\n${domain}\n${world.app.clientSecret}`).digest("hex");
}

/** Reads cookies and the locale prefix of a request. */
export function openVisit(world: World, shop: ShopStore, theme: Theme, req: Request, res: Response): Visit {
  const settings = shop.settings();
  const first = req.path.split("/")[1] ?? "";
  const prefixed = first !== theme.defaultLocale && theme.locales.has(first);
  const locale = prefixed ? first : theme.defaultLocale;
  const path = prefixed ? req.path.slice(first.length + 1) || "/" : req.path;
  const names = cookieNames(shop.domain);
  return {
    world,
    shop,
    settings,
    theme,
    req,
    res,
    locale,
    path,
    origin: `${req.protocol}://${req.headers.host ?? new URL(settings.storefrontOrigin).host}`,
    root: prefixed ? `/${first}/` : "/",
    customer: signedInCustomer(world, shop, readCookie(req, names.customer)),
    cart: openCart(shop, readCookie(req, names.cart)),
  };
}

function signedInCustomer(world: World, shop: ShopStore, cookie: string | null): CustomerRecord | null {
  const value = cookie === null ? null : unsign(sessionSecret(world, shop.domain), cookie);
  return value === null ? null : shop.get("customer", value);
}

/** The cart a cookie or a `token?key=secret` names; null when unknown, completed or with another key. */
function openCart(shop: ShopStore, cookie: string | null): CartRecord | null {
  if (!cookie) return null;
  const [token, key] = cookie.split("?key=");
  const cart = token ? shop.get("cart", token) : null;
  return cart && cart.key === key && cart.completedAt === null ? cart : null;
}

/** Remembers the shopper's cart in the browser. */
export function keepCart(visit: Visit, cart: CartRecord): void {
  visit.cart = cart;
  setCookie(visit.res, cookieNames(visit.shop.domain).cart, `${cart.token}?key=${cart.key}`);
}

export function signIn(visit: Visit, customer: CustomerRecord): void {
  visit.customer = customer;
  const signed = sign(sessionSecret(visit.world, visit.shop.domain), String(customer.id));
  setCookie(visit.res, cookieNames(visit.shop.domain).customer, signed, { httpOnly: true, days: 30 });
  if (visit.cart && visit.cart.customerId !== customer.id) {
    const cart = { ...visit.cart, customerId: customer.id };
    visit.shop.put("cart", cart.token, cart);
    visit.cart = cart;
  }
}

export function signOut(visit: Visit): void {
  visit.customer = null;
  setCookie(visit.res, cookieNames(visit.shop.domain).customer, null, { httpOnly: true });
}

/** A path of this storefront in the visit's language: `localePath(visit, "/cart")` → `/ar/cart`. */
export function localePath(visit: Visit, path: string): string {
  return path === "/" ? visit.root : visit.root.slice(0, -1) + path;
}

/** Whether an address from a query or a form stays on this storefront; another host's would be an open redirect. */
export function isLocalPath(address: string): boolean {
  return /^\/(?![/\\])/.test(address);
}
