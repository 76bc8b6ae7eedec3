import { createHmac, timingSafeEqual } from "node:crypto";
import type { Request, Response } from "express";

/**
 * Names of the cookies of one storefront. Browsers share cookies between the ports of one host, so
 * the names carry the shop's handle; on Shopify each shop has a host of its own.
 */
export function cookieNames(domain: string) {
  const handle = domain.replace(/\.myshopify\.com$/, "");
  return {
    /** `<token>?key=<secret>`, as on Shopify; scripts may not rely on it. */
    cart: `cart_${handle}`,
    /** Signed customer id; HttpOnly. */
    customer: `_customer_${handle}`,
    /** The code of a discount link, until the first item is in the cart. */
    discount: `discount_code_${handle}`,
    /** What the visitor answered to the consent banner; read by the privacy script. */
    consent: `_tracking_consent_${handle}`,
  };
}

export function readCookie(req: Request, name: string): string | null {
  for (const pair of req.headers.cookie?.split(";") ?? []) {
    const cut = pair.indexOf("=");
    if (cut < 0 || pair.slice(0, cut).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(cut + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}

/** Sets a host-wide cookie, SameSite=Lax, for `days` days; `null` removes it. */
export function setCookie(
  res: Response,
  name: string,
  value: string | null,
  options: { httpOnly?: boolean; days?: number } = {},
): void {
  res.cookie(name, value ?? "", {
    path: "/",
    sameSite: "lax",
    httpOnly: options.httpOnly ?? false,
    maxAge: value === null ? 0 : (options.days ?? 14) * 86_400_000,
  });
}

/** A value that only this local Shopify can have written: `<value>.<hex HMAC>`. */
export function sign(secret: string, value: string): string {
  return `${value}.${createHmac("sha256", secret).update(value).digest("hex")}`;
}

/** The value inside a signed one, or null when it was not signed with this secret. */
export function unsign(secret: string, signed: string): string | null {
  const cut = signed.lastIndexOf(".");
  if (cut < 1) return null;
  const value = signed.slice(0, cut);
  const expected = Buffer.from(sign(secret, value));
  const given = Buffer.from(signed);
  return expected.length === given.length && timingSafeEqual(expected, given) ? value : null;
}
