import type { ActionFunction, LoaderFunction, ServerBuild } from "@remix-run/node";
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from "express";
import { log } from "~/platform/log";

/** Bytes of a request that is held whole; a larger one, such as an upload, streams through Remix. */
const largestWhole = 64 * 1024;

interface DataRoute {
  loader?: LoaderFunction;
  action?: ActionFunction;
}

/**
 * Answers the storefront's doors of the built app without the part of Remix that finds and renders pages: the same
 * routes, the same functions, the same answers. Every message of every shopper comes this way, and matching all routes
 * anew and streaming through web streams cost more than the message itself. Whatever is not such a small request of
 * such a route goes on to Remix.
 */
export function shopperRoutes(
  build: ServerBuild,
  contextOf: (request: ExpressRequest, response: ExpressResponse) => { requestId: string; address: string },
): RequestHandler {
  const routes = new Map<string, DataRoute>();
  for (const [id, route] of Object.entries(build.routes)) {
    if (route && id.startsWith("routes/storefront.")) routes.set(`/${route.path}`, route.module as DataRoute);
  }
  return (request, response, next) => {
    const route = routes.get(request.path);
    if (!route || !isSmall(request)) return next();
    const context = contextOf(request, response);
    serve(route, request, context).then(
      (answer) => send(response, answer),
      (error: unknown) => {
        log.error({ requestId: context.requestId, name: (error as Error).name, code: codeOf(error) }, "a door failed");
        if (!response.headersSent) response.status(500).type("text/plain").send("Unexpected Server Error");
      },
    );
  };
}

function isSmall(request: ExpressRequest): boolean {
  if (request.headers["transfer-encoding"] !== undefined) return false;
  return Number(request.headers["content-length"] ?? 0) <= largestWhole;
}

const reads = (method: string): boolean => method === "GET" || method === "HEAD" || method === "OPTIONS";

async function serve(route: DataRoute, request: ExpressRequest, context: object): Promise<Response> {
  const asked = new Request(new URL(request.originalUrl, "http://app"), {
    method: request.method,
    headers: headersOf(request),
    body: reads(request.method) ? null : await wholeBody(request),
  });
  const serving = reads(request.method) ? route.loader : route.action;
  if (!serving) return new Response(null, { status: 405 });
  try {
    return (await serving({ request: asked, params: {}, context: context as never })) as Response;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

function headersOf(request: ExpressRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

function wholeBody(request: ExpressRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("the request was cut")));
  });
}

async function send(response: ExpressResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.status(answer.status);
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.status !== 204) response.setHeader("Content-Length", body.length);
  response.end(body);
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
