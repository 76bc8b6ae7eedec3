import type { Request, Response } from "express";
import { installationOf } from "../extension/installed";
import { inLayout, themeState } from "../liquid/page";
import type { Visit } from "../visit";
import { proxySignature } from "./sign";

/** https://shopify.dev/docs/apps/build/online-store/app-proxies: headers that never reach the browser. */
const strippedFromResponse = new Set(
  [
    "accept-patch accept-ranges connection cookie date delta-base im p3p pragma preference-applied",
    "proxy-authenticate public-key-pins server service-worker-allowed set-cookie trailer tk warning x-powered-by",
    // What fetch has undone or what belongs to one hop only.
    "content-encoding content-length transfer-encoding keep-alive",
  ]
    .join(" ")
    .split(" "),
);
const strippedFromRequest = new Set(
  "cookie host connection content-length transfer-encoding keep-alive upgrade expect accept-encoding".split(" "),
);
const timeoutMilliseconds = 30_000;

/** The app's proxy of this shop when the path belongs to it, else null. */
export function proxyFor(visit: Visit): { prefix: string; url: string } | null {
  const proxy = installationOf(visit.world, visit.shop)?.proxy;
  if (!proxy) return null;
  const prefix = `/${proxy.prefix}/${proxy.subpath}`;
  return visit.path === prefix || visit.path.startsWith(`${prefix}/`) ? { prefix, url: proxy.url } : null;
}

/**
 * Forwards a request to the app with Shopify's signed parameters and answers with what the app said.
 * The whole answer is read first: the proxy does not stream.
 */
export async function forwardToApp(visit: Visit, proxy: { prefix: string; url: string }): Promise<void> {
  const { req, res } = visit;
  let answer: globalThis.Response;
  let body: Buffer;
  try {
    answer = await fetch(signedUrl(visit, proxy), {
      method: req.method,
      headers: requestHeaders(visit),
      body: req.method === "GET" || req.method === "HEAD" ? null : new Uint8Array(await rawBody(req)),
      redirect: "follow",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    body = Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    console.error(
      `app proxy: ${req.method} ${visit.path} failed: ${error instanceof Error ? error.message : String(error)}`,
    );
    return sendErrorPage(visit, res, 502);
  }
  if (answer.status >= 500) return sendErrorPage(visit, res, answer.status);
  for (const [name, value] of answer.headers) {
    if (!strippedFromResponse.has(name.toLowerCase())) res.setHeader(name, value);
  }
  res.status(answer.status);
  if (!answer.headers.get("content-type")?.startsWith("application/liquid")) {
    res.end(body);
    return;
  }
  const state = themeState(visit, "page");
  const html = visit.theme.engine.render(`app proxy ${visit.path}`, body.toString("utf8"), {}, state);
  res.type("html").send(inLayout(state, html));
}

function signedUrl(visit: Visit, proxy: { prefix: string; url: string }): URL {
  const url = new URL(proxy.url.replace(/\/$/, "") + visit.path.slice(proxy.prefix.length));
  const asked = new URL(visit.req.originalUrl, visit.origin).searchParams;
  for (const own of ["shop", "logged_in_customer_id", "path_prefix", "timestamp", "signature"]) asked.delete(own);
  for (const [name, value] of asked) url.searchParams.append(name, value);
  url.searchParams.set("shop", visit.shop.domain);
  url.searchParams.set("logged_in_customer_id", visit.customer ? String(visit.customer.id) : "");
  url.searchParams.set("path_prefix", proxy.prefix);
  url.searchParams.set("timestamp", String(Math.floor(visit.world.clock().getTime() / 1000)));
  url.searchParams.set("signature", proxySignature(visit.world.app.clientSecret, url.searchParams));
  return url;
}

function requestHeaders({ req, origin }: Visit): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined && !strippedFromRequest.has(name))
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const address = req.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "127.0.0.1";
  const before = headers.get("x-forwarded-for");
  headers.set("x-forwarded-for", before ? `${before}, ${address}` : address);
  headers.set("x-forwarded-host", new URL(origin).host);
  return headers;
}

async function rawBody(req: Request): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** What Shopify shows when an app fails: its own page, nothing of the app's. */
function sendErrorPage(visit: Visit, res: Response, status: number): void {
  res
    .status(status)
    .type("html")
    .send(`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Application error</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:#f6f6f7;color:#202223}
main{max-width:34rem;padding:2rem;text-align:center}a{color:inherit}</style></head>
<body><main><h1>There was an error in the third-party application</h1>
<p>An app on ${visit.settings.name.replace(/[<&]/g, "")} could not answer this request. Please try again in a moment.</p>
<p><a href="/">Back to the shop</a></p></main></body></html>`);
}
