import type { IncomingMessage, ServerResponse } from "node:http";
import type { ActionFunction, AppLoadContext, LoaderFunction, ServerBuild } from "@remix-run/node";
import { log } from "~/platform/log";

/** Bytes of a request that is held whole; a larger one, such as an upload, streams through Remix. */
const largestWhole = 64 * 1024;

interface DataRoute {
  loader?: LoaderFunction;
  action?: ActionFunction;
}

/** What `app/server.ts` gives every door beside the request. */
export type Arrival = AppLoadContext;

/** The storefront's doors, and those for webhooks and for channels: many small requests, none of which is a page. */
const direct = /^routes\/(storefront\.|webhooks$|channels\.)/;

/**
 * Answers these doors of the built app without Express and the part of Remix that finds and renders pages: the same
 * routes, the same functions, the same answers. Every message of every shopper and every webhook comes this way, and
 * walking through middlewares, matching all routes anew and streaming through web streams cost more than the message
 * itself. Whatever is not such a small request of such a route is left to Express: the function then returns false.
 */
export function directRoutes(
  build: ServerBuild,
  arrivalOf: (request: IncomingMessage, response: ServerResponse) => Arrival,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const routes: Routes = { plain: new Map(), withParams: [] };
  for (const [id, route] of Object.entries(build.routes)) {
    if (!route || !direct.test(id)) continue;
    const path = `/${route.path}`;
    const module = route.module as DataRoute;
    // What may be left out, and the rest of an address, are for Remix to match.
    if (/[?*]/.test(path)) continue;
    if (path.includes("/:")) routes.withParams.push({ segments: path.split("/"), route: module });
    else routes.plain.set(path, module);
  }
  return (request, response) => {
    const found = find(routes, (request.url ?? "").split("?", 1)[0] as string);
    if (!found || !isSmall(request)) return false;
    const arrival = arrivalOf(request, response);
    serve(found, request, arrival)
      .then((answer) => send(response, answer))
      .catch((error: Error & { code?: unknown }) => {
        if (error instanceof Cut) {
          log.debug({ requestId: arrival.requestId }, "a request was cut");
          response.destroy();
          return;
        }
        log.error({ requestId: arrival.requestId, name: error.name, code: error.code }, "a door failed");
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { "Content-Type": "text/plain" }).end("Unexpected Server Error");
      });
    return true;
  };
}

interface Routes {
  plain: Map<string, DataRoute>;
  withParams: { segments: string[]; route: DataRoute }[];
}

interface Found {
  route: DataRoute;
  params: Record<string, string>;
}

/** The route of a path: the one that is written so, else one of as many segments whose names stand where it says. */
function find(routes: Routes, path: string): Found | null {
  const own = routes.plain.get(path);
  if (own) return { route: own, params: {} };
  const given = path.split("/");
  for (const { segments, route } of routes.withParams) {
    const params = segments.length === given.length ? paramsOf(segments, given) : null;
    if (params) return { route, params };
  }
  return null;
}

function paramsOf(segments: readonly string[], given: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const there = given[at] as string;
    if (!segment.startsWith(":")) {
      if (segment !== there) return null;
      continue;
    }
    // What is written with an escape is left to Remix, which knows how to read it.
    if (!/^[\w-]+$/.test(there)) return null;
    params[segment.slice(1)] = there;
  }
  return params;
}

/** Whoever sent it went away before all of the request was here. */
class Cut extends Error {}

function isSmall(request: IncomingMessage): boolean {
  if (request.headers["transfer-encoding"] !== undefined) return false;
  return Number(request.headers["content-length"] ?? 0) <= largestWhole;
}

const reads = (method = "GET"): boolean => method === "GET" || method === "HEAD" || method === "OPTIONS";

async function serve({ route, params }: Found, request: IncomingMessage, arrival: Arrival): Promise<Response> {
  const asked = new Request(`http://app${request.url}`, {
    method: request.method ?? "GET",
    headers: headersOf(request),
    body: reads(request.method) ? null : await wholeBody(request),
  });
  const serving = reads(request.method) ? route.loader : route.action;
  if (!serving) return new Response(null, { status: 405 });
  try {
    return (await serving({ request: asked, params, context: arrival })) as Response;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

function wholeBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", () => reject(new Cut()));
    request.on("close", () => reject(new Cut()));
  });
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.status !== 204) response.setHeader("Content-Length", body.length);
  response.end(body);
}
