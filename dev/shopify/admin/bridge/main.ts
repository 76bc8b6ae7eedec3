import { makeApis } from "./apis";
import { bounceTarget, readConfig } from "./config";
import { patchFetch } from "./fetch";
import { idToken } from "./identity";
import { defineModal } from "./modal";
import { defineNavMenu } from "./nav-menu";
import { catchLinks, followHistory } from "./navigation";
import { adminOrigin, embedded, nested } from "./port";
import { defineSaveBar } from "./save-bar";
import { defineTitleBar } from "./title-bar";
import { measure } from "./web-vitals";

/*
 * App Bridge of the local Shopify: the same names and behaviour for the app's pages as the script that Shopify
 * serves, spoken with this admin. https://shopify.dev/docs/api/app-bridge-library
 */
const config = readConfig();
const disabled = config.disabledFeatures ?? [];
const bounce = bounceTarget();

Object.defineProperty(window, "shopify", {
  value: { config, ready: Promise.resolve(), ...makeApis() },
  configurable: true,
  enumerable: true,
});

if (bounce) reload(bounce);
else if (embedded) {
  if (!disabled.includes("fetch")) patchFetch([location.origin, ...(config.appOrigins ?? [])]);
  catchLinks();
  if (!nested) {
    defineNavMenu();
    defineTitleBar();
    defineSaveBar();
    defineModal();
    followHistory();
    measure();
  }
} else if (config.shop && !disabled.includes("auto-redirect")) {
  // Opened by itself: into the admin, at the same place of the app.
  const handle = config.shop.replace(/\.myshopify\.com$/, "");
  location.replace(`${adminOrigin}/store/${handle}/apps/${config.apiKey}${location.pathname}`);
}

/** The app's bounce page: load what was asked for again, with a new ID token. */
async function reload(target: URL): Promise<void> {
  target.searchParams.set("id_token", await idToken(true));
  location.replace(target);
}
