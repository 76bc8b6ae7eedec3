import { createHmac, timingSafeEqual } from "node:crypto";
import type { App } from "~/app.server";
import type { Context } from "~/context";
import { env } from "~/env.server";
import { installedContext } from "~/shop/context-of";
import { Problem, Unproven } from "./errors";

/** How far Shopify's clock and ours may be apart, in seconds. */
const window = 90;

/**
 * The text that Shopify signs: every parameter but `signature`, decoded, repeated ones joined with a comma, each as
 * `key=value`, sorted by bytes, joined with nothing. Written out here because the library sorts by locale and drops
 * some names, which refuses requests that Shopify signed.
 * https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies
 */
export function signedText(parameters: URLSearchParams): Buffer {
  const names = new Set(parameters.keys());
  names.delete("signature");
  const pairs = [...names].map((name) => Buffer.from(`${name}=${parameters.getAll(name).join(",")}`));
  return Buffer.concat(pairs.sort(Buffer.compare));
}

/** What Shopify itself adds, once each. A shopper's own address may carry such a name too, and Shopify signs the lot. */
const added = ["shop", "logged_in_customer_id", "path_prefix", "timestamp", "signature"];

/** Whether Shopify signed these parameters with `secret` within 90 seconds of `now`. */
export function isSigned(parameters: URLSearchParams, secret: string, now: Date): boolean {
  const given = parameters.get("signature") ?? "";
  const timestamp = parameters.get("timestamp") ?? "";
  if (!/^[0-9a-f]{64}$/i.test(given) || added.some((name) => parameters.getAll(name).length > 1)) return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > window) return false;
  const expected = createHmac("sha256", secret).update(signedText(parameters)).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}

/** A request that came through the storefront. The body is not signed: only the parameters are believed. */
export interface ProxiedRequest {
  ctx: Context;
  /** gid of the customer who is signed in to the storefront, or null for a guest. */
  signedInAs: string | null;
}

/** Proves a request to the app proxy. Throws Unproven (401), and a Problem (400) for a shop that has not installed us. */
export async function proxyDoor(request: Request, app: App): Promise<ProxiedRequest> {
  const { searchParams } = new URL(request.url);
  if (!isSigned(searchParams, env().SHOPIFY_API_SECRET, app.clock.now())) {
    throw new Unproven("signature", "This request was not signed by Shopify.");
  }
  const ctx = await installedContext(app, { domain: searchParams.get("shop") ?? "" });
  if (!ctx) throw new Problem(400, "unknown-shop", "This shop has not installed the app.");
  const customer = searchParams.get("logged_in_customer_id") ?? "";
  return { ctx, signedInAs: /^\d{1,20}$/.test(customer) ? `gid://shopify/Customer/${customer}` : null };
}

/**
 * The shopper's address, as Shopify saw it: the entry of X-Forwarded-For that Shopify added, which stands before those
 * of our own proxies. Ask only after the signature is proven. `fallback` is the address of the connection.
 */
export function addressBehindShopify(request: Request, fallback: string): string {
  const entries = (request.headers.get("x-forwarded-for") ?? "").split(",").map((each) => each.trim());
  return entries.at(-1 - env().TRUSTED_PROXIES) || fallback;
}
