/*
 * The customer privacy API and analytics of a storefront page, as apps and themes use them.
 * https://shopify.dev/docs/api/customer-privacy
 */
(() => {
  const { cookie, required, region } = window.__localPrivacy;
  const Shopify = window.Shopify;
  const purposes = ["analytics", "marketing", "preferences", "sale_of_data"];

  function stored() {
    const pair = document.cookie.split("; ").find((part) => part.startsWith(`${cookie}=`));
    if (!pair) return null;
    try {
      return JSON.parse(decodeURIComponent(pair.slice(cookie.length + 1)));
    } catch {
      return null;
    }
  }

  /** "yes", "no" or "" (not asked yet), by purpose. */
  function currentVisitorConsent() {
    const answer = stored() ?? {};
    return Object.fromEntries(
      purposes.map((name) => [name, answer[name] === undefined ? "" : answer[name] ? "yes" : "no"]),
    );
  }

  /** What was not answered is allowed where no consent law applies. */
  function allowed(purpose) {
    const answer = stored()?.[purpose];
    return answer === undefined ? !required : answer === true;
  }

  const api = {
    analyticsProcessingAllowed: () => allowed("analytics"),
    marketingAllowed: () => allowed("marketing"),
    preferencesProcessingAllowed: () => allowed("preferences"),
    saleOfDataAllowed: () => allowed("sale_of_data"),
    userCanBeTracked: () => allowed("analytics"),
    currentVisitorConsent,
    getRegion: () => region,
    getTrackingConsent: () => (stored() ? (allowed("analytics") ? "yes" : "no") : ""),
    shouldShowBanner: () => required && stored() === null,
    shouldShowGDPRBanner: () => required && stored() === null,
    saleOfDataRegion: () => false,
    setTrackingConsent(consent, callback) {
      const answer =
        typeof consent === "object" ? consent : Object.fromEntries(purposes.map((name) => [name, consent]));
      const next = { ...stored() };
      for (const name of purposes) if (typeof answer[name] === "boolean") next[name] = answer[name];
      // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is not in every browser yet
      document.cookie = `${cookie}=${encodeURIComponent(JSON.stringify(next))}; path=/; max-age=31536000; samesite=lax`;
      const detail = {
        analyticsAllowed: allowed("analytics"),
        marketingAllowed: allowed("marketing"),
        preferencesAllowed: allowed("preferences"),
        saleOfDataAllowed: allowed("sale_of_data"),
        firstPartyMarketingAllowed: allowed("marketing"),
        thirdPartyMarketingAllowed: allowed("marketing"),
      };
      document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
      callback?.();
    },
  };

  // The pixels of the page need not wait for the feature to be loaded.
  window.__localPrivacy.api = api;

  Shopify.loadFeatures = (features, callback) => {
    const unknown = features.find(({ name }) => name !== "consent-tracking-api");
    setTimeout(() => {
      if (unknown) return callback?.(new Error(`feature ${unknown.name} is not known`));
      Shopify.customerPrivacy = api;
      callback?.();
    });
  };

  const subscribers = [];
  Shopify.analytics = {
    replayQueue: [],
    publish(name, data) {
      const event = { name, data, timestamp: new Date().toISOString() };
      Shopify.analytics.replayQueue.push(event);
      for (const subscriber of subscribers) subscriber(event);
      return true;
    },
    subscribe: (subscriber) => subscribers.push(subscriber),
    visitor: () => true,
  };
})();
