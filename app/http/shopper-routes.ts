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

/**
 * Answers the storefront's doors of the built app without Express and the part of Remix that finds and renders pages: the
 * same routes, the same functions, the same answers. Every message of every shopper comes this way, and walking through
 * middlewares, matching all routes anew and streaming through web streams cost more than the message itself. Whatever
 * is not such a small request of such a route is left to Express: the function then returns false.
 */
export function shopperRoutes(
  build: ServerBuild,
  arrivalOf: (request: IncomingMessage, response: ServerResponse) => Arrival,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const routes = new Map<string, DataRoute>();
  for (const [id, route] of Object.entries(build.routes)) {
    if (route && id.startsWith("routes/storefront.")) routes.set(`/${route.path}`, route.module as DataRoute);
  }
  return (request, response) => {
    const route = routes.get((request.url ?? "").split("?", 1)[0] as string);
    if (!route || !isSmall(request)) return false;
    const arrival = arrivalOf(request, response);
    serve(route, request, arrival)
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

/** The shopper's page went away before all of its request was here. */
class Cut extends Error {}

function isSmall(request: IncomingMessage): boolean {
  if (request.headers["transfer-encoding"] !== undefined) return false;
  return Number(request.headers["content-length"] ?? 0) <= largestWhole;
}

const reads = (method = "GET"): boolean => method === "GET" || method === "HEAD" || method === "OPTIONS";

async function serve(route: DataRoute, request: IncomingMessage, arrival: Arrival): Promise<Response> {
  const asked = new Request(`http://app${request.url}`, {
    method: request.method ?? "GET",
    headers: headersOf(request),
    body: reads(request.method) ? null : await wholeBody(request),
  });
  const serving = reads(request.method) ? route.loader : route.action;
  if (!serving) return new Response(null, { status: 405 });
  try {
    return (await serving({ request: asked, params: {}, context: arrival })) as Response;
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
