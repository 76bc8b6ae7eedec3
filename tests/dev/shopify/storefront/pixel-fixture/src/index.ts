import { register } from "@shopify/web-pixels-extension";

/** Sends everything it hears, and what its sandbox has, to the test. */
register(({ analytics, browser, customerPrivacy, init, settings }) => {
  const tell = (kind: string, data: unknown) =>
    fetch(String(settings.collector), {
      method: "POST",
      body: JSON.stringify({ kind, data }),
      keepalive: true,
      mode: "no-cors",
    });
  const globals = ["document", "window", "importScripts", "postMessage"].filter(
    (name) => (globalThis as Record<string, unknown>)[name] !== undefined,
  );
  void (async () => {
    await browser.localStorage.setItem("from-pixel", "kept");
    await browser.cookie.set("pixel_cookie=yes; path=/");
    await tell("start", {
      globals,
      init,
      session: await browser.sessionStorage.getItem("from-page"),
      local: await browser.localStorage.getItem("from-pixel"),
      cookie: await browser.cookie.get("pixel_cookie"),
    });
  })();
  analytics.subscribe("all_events", (event) => void tell("event", event));
  customerPrivacy.subscribe("visitorConsentCollected", (event) => void tell("privacy", event));
});
