/*
 * The web pixels manager of a page: publishes the customer events, and runs each pixel in its sandbox where the
 * visitor has allowed all that it declares. A pixel that is allowed later gets what happened on the page before.
 * https://shopify.dev/docs/apps/build/marketing-analytics/pixels
 */
(() => {
  const { pixels, init, events, cart: firstCart, checkout, storage } = window.__localPixels;
  const privacy = window.__localPrivacy.api;
  const { Shopify } = window;
  const realFetch = window.fetch.bind(window);
  const queue = [];
  const running = new Map();
  const subscribers = [];
  let sequence = 0;
  let cart = firstCart;

  const may = {
    analytics: privacy.analyticsProcessingAllowed,
    marketing: privacy.marketingAllowed,
    preferences: privacy.preferencesProcessingAllowed,
    sale_of_data: privacy.saleOfDataAllowed,
  };
  const isAllowed = (pixel) => pixel.needs.every((purpose) => may[purpose]());
  const allowances = () => ({
    analyticsProcessingAllowed: may.analytics(),
    marketingAllowed: may.marketing(),
    preferencesProcessingAllowed: may.preferences(),
    saleOfDataAllowed: may.sale_of_data(),
  });

  /* One for the browser; only remembered once measuring is allowed. */
  const clientId = localStorage.getItem(`${storage}:client`) ?? crypto.randomUUID();
  const rememberClient = () => {
    if (may.analytics()) localStorage.setItem(`${storage}:client`, clientId);
  };

  const pick = (source, names) => Object.fromEntries(names.split(" ").map((name) => [name, source[name]]));
  const place = () => pick(location, "hash host hostname href origin pathname port protocol search");

  function context() {
    return {
      document: { ...pick(document, "characterSet referrer title"), location: place() },
      navigator: {
        ...pick(navigator, "cookieEnabled language userAgent"),
        languages: [...navigator.languages],
      },
      window: {
        ...pick(
          window,
          "innerHeight innerWidth origin outerHeight outerWidth pageXOffset pageYOffset screenX screenY scrollX scrollY",
        ),
        location: place(),
        screen: pick(screen, "height width"),
      },
    };
  }

  function publish(type, name, data) {
    const event = {
      id: `sh-${crypto.randomUUID()}`,
      name,
      type,
      clientId,
      timestamp: new Date().toISOString(),
      seq: sequence,
      context: context(),
      ...(type === "custom" ? { customData: data ?? null } : { data }),
    };
    sequence += 1;
    queue.push(event);
    for (const [pixel, worker] of running) if (isAllowed(pixel)) worker.postMessage({ type: "event", event });
    for (const subscriber of subscribers) subscriber(event);
  }

  const money = (minor, currencyCode) => ({ amount: minor / 100, currencyCode });

  function toLine(item, currency, quantity = item.quantity) {
    const title = item.product_has_only_default_variant ? null : item.variant_title;
    return {
      cost: { totalAmount: money(item.final_price * quantity, currency) },
      merchandise: {
        id: String(item.variant_id),
        image: item.image ? { src: item.image } : null,
        price: money(item.price, currency),
        product: {
          id: String(item.product_id),
          title: item.product_title,
          untranslatedTitle: item.product_title,
          type: item.product_type,
          url: item.url,
          vendor: item.vendor,
        },
        sku: item.sku,
        title,
        untranslatedTitle: title,
      },
      quantity,
    };
  }

  function toCart(json) {
    if (!json) return null;
    return {
      id: json.token.split("?")[0],
      attributes: Object.entries(json.attributes).map(([key, value]) => ({ key, value: String(value) })),
      cost: { totalAmount: money(json.total_price, json.currency) },
      lines: json.items.map((item) => toLine(item, json.currency)),
      totalQuantity: json.item_count,
    };
  }

  /* What came into the cart and what left it since it was last seen in this tab, by whatever way. */
  function compare(json) {
    const name = `${storage}:cart`;
    const before = JSON.parse(sessionStorage.getItem(name) ?? "null");
    const token = json?.items.length ? json.token.split("?")[0] : null;
    const items = Object.fromEntries((json?.items ?? []).map((item) => [item.key, item]));
    sessionStorage.setItem(name, JSON.stringify({ token, items, currency: json?.currency }));
    if (!before) return;
    // Another cart, or none after a payment: nobody took anything out.
    const gone = before.token !== null && (token === null ? json === null : token !== before.token);
    if (gone) return;
    for (const [key, item] of Object.entries(items)) {
      const more = item.quantity - (before.items[key]?.quantity ?? 0);
      if (more > 0) publish("standard", "product_added_to_cart", { cartLine: toLine(item, json.currency, more) });
    }
    for (const [key, item] of Object.entries(before.items)) {
      const fewer = item.quantity - (items[key]?.quantity ?? 0);
      const line = () => toLine(item, before.currency, fewer);
      if (fewer > 0) publish("standard", "product_removed_from_cart", { cartLine: line() });
    }
  }

  async function lookAtCart() {
    const answer = await realFetch(`${Shopify.routes.root}cart.js`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    cart = await answer.json();
    compare(cart);
  }

  const isCartWrite = (address) => {
    const url = new URL(address, location.href);
    return url.origin === location.origin && /\/cart\/(add|change|update|clear)(\.js|\.json)?$/.test(url.pathname);
  };

  function watchCart() {
    window.fetch = async (...given) => {
      const answer = await realFetch(...given);
      const address = given[0] instanceof Request ? given[0].url : String(given[0]);
      if (answer.ok && isCartWrite(address)) lookAtCart().catch(() => {});
      return answer;
    };
    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (method, address, ...rest) {
      if (isCartWrite(String(address))) {
        this.addEventListener("load", () => this.status < 400 && lookAtCart().catch(() => {}));
      }
      return open.call(this, method, address, ...rest);
    };
  }

  const steps = [
    ["information", ["checkout_started"]],
    ["shipping", ["checkout_contact_info_submitted", "checkout_address_info_submitted"]],
    ["payment", ["checkout_shipping_info_submitted"]],
    ["thank_you", ["payment_info_submitted", "checkout_completed"]],
  ];

  /* Each step once for a checkout; who opens the order's page later has not bought again. */
  function publishCheckout() {
    const name = `${storage}:checkout`;
    const before = JSON.parse(sessionStorage.getItem(name) ?? "null");
    const isSame = before?.token === checkout.token;
    if (checkout.step === "thank_you" && !isSame) return;
    const done = isSame ? before.done : [];
    const at = steps.findIndex(([step]) => step === checkout.step);
    const due = steps.slice(0, at + 1).flatMap(([, names]) => names);
    for (const each of due) {
      if (done.includes(each)) continue;
      publish("standard", each, { checkout: checkout.checkout });
      done.push(each);
    }
    sessionStorage.setItem(name, JSON.stringify({ token: checkout.token, done }));
  }

  const stores = { localStorage, sessionStorage };

  /* What a pixel may ask of the page. */
  function answer(what, args) {
    if (what === "cookie.get") {
      if (args[0] === undefined) return document.cookie;
      const pair = document.cookie.split("; ").find((part) => part.startsWith(`${args[0]}=`));
      return pair ? pair.slice(args[0].length + 1) : "";
    }
    if (what === "cookie.set") {
      // biome-ignore lint/suspicious/noDocumentCookie: what the pixel asks for is this very text
      document.cookie = args.length > 1 && args[1] !== undefined ? `${args[0]}=${args[1]}` : args[0];
      return document.cookie;
    }
    if (what === "sendBeacon") return navigator.sendBeacon(args[0], args[1]);
    const [name, method] = what.split(".");
    const store = stores[name];
    if (method === "length") return store.length;
    if (!["clear", "getItem", "key", "removeItem", "setItem"].includes(method)) throw new Error(`${what} is not there`);
    return store[method](...args);
  }

  function start(pixel) {
    const worker = new Worker("/cdn/shopifycloud/pixel-sandbox.js", { name: `web-pixel-${pixel.id}` });
    running.set(pixel, worker);
    worker.addEventListener("message", ({ data }) => {
      if (data.type !== "ask") return;
      try {
        worker.postMessage({ type: "answer", id: data.id, value: answer(data.what, data.args) });
      } catch (error) {
        worker.postMessage({ type: "answer", id: data.id, error: String(error.message ?? error) });
      }
    });
    worker.addEventListener("error", (event) => console.error(`web pixel ${pixel.id}: ${event.message}`));
    worker.postMessage({
      type: "start",
      script: new URL(pixel.script, location.href).href,
      settings: pixel.settings,
      init: { context: context(), data: { ...init, cart: toCart(cart) }, customerPrivacy: allowances() },
      events: queue,
    });
  }

  function startAllowed() {
    rememberClient();
    for (const pixel of pixels) if (!running.has(pixel) && isAllowed(pixel)) start(pixel);
  }

  Object.assign(Shopify.analytics, {
    publish(name, data) {
      Shopify.analytics.replayQueue.push([name, data]);
      publish("custom", name, data);
      return true;
    },
    subscribe: (subscriber) => subscribers.push(subscriber),
  });

  for (const { name, data } of events)
    publish("standard", name, name === "cart_viewed" ? { cart: toCart(cart) } : data);
  if (checkout) publishCheckout();
  compare(firstCart);
  watchCart();
  startAllowed();
  document.addEventListener("visitorConsentCollected", () => {
    const payload = { customerPrivacy: allowances() };
    for (const worker of running.values()) {
      worker.postMessage({ type: "privacy", name: "visitorConsentCollected", payload });
    }
    startAllowed();
  });
})();
