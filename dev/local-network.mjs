// Where requests of the app go on a machine with the stand-ins: to a shop's address at the local Shopify, to those of
// the channels' providers at the local providers, each with the original Host; loopback as it is, and nothing else.
// WebSockets and sockets of node:http and node:net do not pass through here.
import { Agent, Dispatcher } from "undici";

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
/** Shopify hands out what a bulk operation read at signed addresses there. */
const STORAGE = "storage.googleapis.com";
/** Addresses of Meta, Twilio and X, with those at which they hand out files. */
const PROVIDERS =
  /^(graph\.(facebook|instagram)\.com|(.+\.)?(fbcdn\.net|fbsbx\.com|cdninstagram\.com|whatsapp\.net)|(.+\.)?(twilio\.com|twiliocdn\.com)|(api|upload|ton)\.(x|twitter)\.com|(pbs|video|ton)\.twimg\.com)$/;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Routes each request by its host; refuses the ones that would leave this machine. */
export class LocalNetwork extends Dispatcher {
  #agent = new Agent();
  #shopify;
  #providers;

  /**
   * @param {string | undefined} shopify the local Shopify's origin
   * @param {string | undefined} providers that of the stand-ins for Meta, Twilio and X
   */
  constructor(shopify, providers) {
    super();
    this.#shopify = onOneAddress(shopify);
    this.#providers = onOneAddress(providers);
  }

  dispatch(options, handler) {
    const to = new URL(String(options.origin));
    if (LOOPBACK.has(to.hostname)) return this.#agent.dispatch(options, handler);
    const origin = this.#originFor(to.hostname, options);
    return this.#agent.dispatch({ ...options, origin, headers: withHost(options.headers, to.host) }, handler);
  }

  #originFor(host, options) {
    const isShopify = SHOP.test(host) || host === STORAGE;
    if (!isShopify && !PROVIDERS.test(host)) throw new Error(refusal(host, options));
    const [name, origin] = isShopify
      ? ["LOCAL_SHOPIFY_ORIGIN", this.#shopify]
      : ["LOCAL_PROVIDERS_ORIGIN", this.#providers];
    if (!origin) throw new Error(`${name} is not set, so ${host} cannot be reached.`);
    return origin;
  }

  close(...args) {
    return this.#agent.close(...args);
  }

  destroy(...args) {
    return this.#agent.destroy(...args);
  }
}

/** The name would be asked for both address families; the stand-ins listen on this one. */
function onOneAddress(origin) {
  return origin?.replace("//localhost:", "//127.0.0.1:");
}

function refusal(host, { method, path }) {
  const where = String(path ?? "/").split("?")[0];
  return `${host} is not reachable: this process talks to the local Shopify, the local providers and this machine only (${method} ${where}).`;
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
