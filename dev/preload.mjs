// Loaded into the app's process with `node --import ./dev/preload.mjs`, so that the app itself has no branch
// for the local Shopify: Node's fetch reaches https://<shop>.myshopify.com and the storage of bulk operations' files
// at LOCAL_SHOPIFY_ORIGIN with the original Host, loopback as it is, and nothing else. WebSockets and sockets of node:http and node:net do not
// pass through here.
import { Agent, Dispatcher, setGlobalDispatcher } from "undici";

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
/** Shopify hands out what a bulk operation read at signed addresses there. */
const STORAGE = "storage.googleapis.com";
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Routes each request by its host; refuses the ones that would leave this machine. */
class LocalNetwork extends Dispatcher {
  #agent = new Agent();
  #shopify;

  /** @param {string | undefined} shopify the local Shopify's origin */
  constructor(shopify) {
    super();
    // The name would be asked for both address families; the stand-in listens on this one.
    this.#shopify = shopify?.replace("//localhost:", "//127.0.0.1:");
  }

  dispatch(options, handler) {
    const to = new URL(String(options.origin));
    if (LOOPBACK.has(to.hostname)) return this.#agent.dispatch(options, handler);
    if (!SHOP.test(to.hostname) && to.hostname !== STORAGE) throw new Error(refusal(to.hostname, options));
    if (!this.#shopify) throw new Error(`LOCAL_SHOPIFY_ORIGIN is not set, so ${to.hostname} cannot be reached.`);
    return this.#agent.dispatch(
      { ...options, origin: this.#shopify, headers: withHost(options.headers, to.host) },
      handler,
    );
  }

  close(...args) {
    return this.#agent.close(...args);
  }

  destroy(...args) {
    return this.#agent.destroy(...args);
  }
}

function refusal(host, { method, path }) {
  const where = String(path ?? "/").split("?")[0];
  return `${host} is not reachable: this process talks to the local Shopify and to this machine only (${method} ${where}).`;
}

/** undici takes headers as a flat list, as pairs or as an object. */
function withHost(headers, host) {
  const kept = [];
  for (const [name, value] of pairsOf(headers)) if (name.toLowerCase() !== "host") kept.push(name, value);
  return [...kept, "host", host];
}

function pairsOf(headers) {
  if (!headers) return [];
  if (Array.isArray(headers) && !Array.isArray(headers[0])) {
    return headers.flatMap((name, index) => (index % 2 === 0 ? [[String(name), headers[index + 1]]] : []));
  }
  if (Symbol.iterator in headers) return [...headers];
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
}

setGlobalDispatcher(new LocalNetwork(process.env.LOCAL_SHOPIFY_ORIGIN));

// Whoever started this process holds the other end of the channel. When they are killed, it ends too.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
