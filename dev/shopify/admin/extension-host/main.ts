import { defineElements } from "./elements";
import { call } from "./port";
import { type ExtensionData, makeShopify, patchFetch } from "./shopify-global";

declare global {
  interface Window {
    /** What the extension's own script leaves: its default export, or its exports. */
    extension?: (() => unknown) | { default?: () => unknown };
  }
}

const data = JSON.parse(document.getElementById("extension-data")?.textContent ?? "{}") as ExtensionData;
// App Bridge has its types on this name in the project; an extension has another `shopify`.
Object.assign(window, { shopify: makeShopify(data) });
patchFetch(data.appOrigin);
defineElements();

// The extension's script is deferred too and comes after this one.
document.addEventListener("DOMContentLoaded", async () => {
  try {
    const run = typeof window.extension === "function" ? window.extension : window.extension?.default;
    if (!run) throw new Error("the module has no default export");
    await run();
  } catch (error) {
    document.body.textContent = `${data.name} could not be shown: ${error instanceof Error ? error.message : error}`;
    throw error;
  }
});

new ResizeObserver(() => void call("resize", document.documentElement.offsetHeight)).observe(document.documentElement);
