/*
 * The strict sandbox of one web pixel: a worker, so there is no document. The app's code is given what
 * https://shopify.dev/docs/api/web-pixels-api names and nothing of the page; cookies and storage are asked of the page.
 */
(() => {
  const post = self.postMessage.bind(self);
  const load = self.importScripts.bind(self);
  self.postMessage = undefined;
  self.importScripts = undefined;
  const asked = new Map();
  const subscribers = [];
  const privacySubscribers = [];
  const past = [];

  const ask = (what, ...args) =>
    new Promise((resolve, reject) => {
      const id = asked.size + Math.random();
      asked.set(id, { resolve, reject });
      post({ type: "ask", id, what, args });
    });

  const storage = (name) => ({
    clear: () => ask(`${name}.clear`),
    getItem: (key) => ask(`${name}.getItem`, key),
    key: (index) => ask(`${name}.key`, index),
    length: () => ask(`${name}.length`),
    removeItem: (key) => ask(`${name}.removeItem`, key),
    setItem: (key, value) => ask(`${name}.setItem`, key, value),
  });

  const browser = {
    cookie: { get: (name) => ask("cookie.get", name), set: (...given) => ask("cookie.set", ...given) },
    localStorage: storage("localStorage"),
    sessionStorage: storage("sessionStorage"),
    sendBeacon: (url, body) => ask("sendBeacon", url, body),
  };

  const kinds = { all_standard_events: "standard", all_custom_events: "custom", all_dom_events: "dom" };
  const isFor = (name, event) => name === event.name || name === "all_events" || kinds[name] === event.type;

  function call(callback, event) {
    try {
      Promise.resolve(callback(event)).catch((error) => console.error("web pixel:", error));
    } catch (error) {
      console.error("web pixel:", error);
    }
  }

  function add(list, name, callback) {
    const entry = { name, callback };
    list.push(entry);
    return () => {
      const at = list.indexOf(entry);
      if (at >= 0) list.splice(at, 1);
      return at >= 0;
    };
  }

  const analytics = {
    subscribe(name, callback) {
      const end = add(subscribers, name, callback);
      // What happened on the page before is not missed.
      const before = past.filter((event) => isFor(name, event));
      queueMicrotask(() => {
        for (const event of before) call(callback, structuredClone(event));
      });
      return end;
    },
  };

  const customerPrivacy = { subscribe: (name, callback) => add(privacySubscribers, name, callback) };

  function start({ script, settings, init, events }) {
    past.push(...events);
    self.shopify = {
      extend(point, run) {
        if (point !== "WebPixel::Render") throw new Error(`a web pixel cannot extend ${point}`);
        run({ analytics, browser, init, settings, customerPrivacy, _pixelInfo: { runtimeContext: "STRICT" } });
      },
    };
    load(script);
    post({ type: "started" });
  }

  self.addEventListener("message", ({ data }) => {
    if (data.type === "start") start(data);
    else if (data.type === "event") {
      past.push(data.event);
      for (const { name, callback } of [...subscribers]) {
        if (isFor(name, data.event)) call(callback, structuredClone(data.event));
      }
    } else if (data.type === "privacy") {
      for (const { name, callback } of [...privacySubscribers]) if (name === data.name) call(callback, data.payload);
    } else if (data.type === "answer") {
      const { resolve, reject } = asked.get(data.id);
      asked.delete(data.id);
      if (data.error === undefined) resolve(data.value);
      else reject(new Error(data.error));
    }
  });
})();
