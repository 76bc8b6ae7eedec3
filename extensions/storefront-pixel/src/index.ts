import { register } from "@shopify/web-pixels-extension";
import { signalOf, told } from "./signals";
import { teller } from "./teller";

/**
 * The web pixel: searches, collections and the steps of the checkout, told to the app as this browser's. It runs in
 * Shopify's strict sandbox and knows the shopper only by the pass that the chat's loader keeps in the page's storage.
 * https://shopify.dev/docs/apps/build/marketing-analytics/pixels
 */
register(({ analytics, browser, customerPrivacy, init, settings }) => {
  const app = teller(String(settings.appOrigin), {
    pass: () => browser.sessionStorage.getItem("throughline:pass"),
    send: (url, request) => fetch(url, request),
    now: () => Date.now(),
    later: (work, milliseconds) => void setTimeout(work, milliseconds),
  });
  app.permit(init.customerPrivacy.analyticsProcessingAllowed);
  customerPrivacy.subscribe("visitorConsentCollected", (event) =>
    app.permit(event.customerPrivacy.analyticsProcessingAllowed),
  );
  for (const name of told) {
    analytics.subscribe(name, (event) => {
      const signal = signalOf(event as Parameters<typeof signalOf>[0]);
      if (signal) app.tell(signal);
    });
  }
});
