import { apiKeyOfScript, readFrameName } from "./port";

const BOUNCE = "shopify-reload";

/** `shopify.config`: from the frame, the page's meta element or script tag, and the address. */
export function readConfig(): ShopifyConfig {
  const frame = readFrameName();
  const query = new URLSearchParams(location.search);
  const meta = document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]')?.content;
  const apiKey = meta ?? apiKeyOfScript;
  if (!apiKey) {
    throw new Error('App Bridge needs <meta name="shopify-api-key"> or data-api-key on its script element');
  }
  if (frame && frame.apiKey !== apiKey) {
    throw new Error(`App Bridge was given the API key ${apiKey}, and the admin opened the app ${frame.apiKey}`);
  }
  const disabled = document.querySelector<HTMLMetaElement>('meta[name="shopify-disabled-features"]')?.content;
  const origins = document.querySelector<HTMLMetaElement>('meta[name="shopify-app-origins"]')?.content;
  return {
    apiKey,
    shop: frame?.shop ?? query.get("shop") ?? undefined,
    host: frame?.host ?? query.get("host") ?? undefined,
    locale: frame?.locale ?? query.get("locale") ?? "en-US",
    appOrigins: origins?.split(",").map((each) => each.trim()),
    disabledFeatures: disabled?.split(",").map((each) => each.trim()) ?? [],
    experimentalFeatures: [],
    debug: { webVitals: false },
  };
}

type ShopifyConfig = typeof shopify.config;

/** The address that the app's bounce page asks to be reloaded with a new ID token; null on other pages. */
export function bounceTarget(): URL | null {
  const asked = new URLSearchParams(location.search).get(BOUNCE);
  if (asked === null) return null;
  const target = new URL(asked, location.origin);
  return target.origin === location.origin ? target : null;
}
