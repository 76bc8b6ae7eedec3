import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express, { type Express, type RequestHandler } from "express";
import type { App } from "./app.server";
import type { Env } from "./env.server";
import { addressOf } from "./http/address";
import { directRoutes } from "./http/direct-routes";
import { proveHello } from "./http/socket";
import { newId } from "./platform/ids";
import { log } from "./platform/log";
import { attachSockets } from "./realtime/socket";

declare module "@remix-run/node" {
  interface AppLoadContext {
    requestId: string;
    /** Where the request came from, by as many proxies as are trusted. */
    address: string;
  }
}

export interface WebServer {
  server: Server;
  /** Takes no more requests, tells pages to come back, and waits for what is under way. */
  close(): Promise<void>;
}

export interface Pages {
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Puts whatever serves the browser's files in front of the pages. */
  files(web: Express): void;
}

/** The browser's files as `npm run build` left them in `folder`; their names hold their hash. */
export function builtFiles(folder: string): Pages["files"] {
  return (web) => {
    web.use("/assets", express.static(`${folder}/assets`, { immutable: true, maxAge: "1y", fallthrough: false }));
    web.use(express.static(folder, { maxAge: "1h", index: false }));
  };
}

/** The web process: pages, doors, sockets and health. */
export function createWeb(app: App, env: Env, pages: Pages): WebServer {
  const web = express();
  web.disable("x-powered-by");
  web.set("trust proxy", env.TRUSTED_PROXIES);
  const direct = typeof pages.build === "function" ? null : directRoutes(pages.build, arrival(env.TRUSTED_PROXIES));
  const server = createServer((request, response) => {
    if (!direct?.(request, response)) web(request, response);
  });
  let closing = false;

  web.get("/healthz", (_request, response) => {
    response.status(200).type("text/plain").send("ok");
  });
  web.get("/readyz", async (_request, response) => {
    const ready =
      !closing &&
      (await app.db.sql.query("SELECT 1").then(
        () => true,
        () => false,
      ));
    response
      .status(ready ? 200 : 503)
      .type("text/plain")
      .send(ready ? "ready" : "not ready");
  });

  web.use(numbered);
  pages.files(web);
  web.all(
    "*",
    createRequestHandler({
      build: pages.build,
      mode: process.env.NODE_ENV ?? "production",
      getLoadContext: (request, response) => ({
        requestId: response.locals.requestId as string,
        address: request.ip ?? "unknown",
      }),
    }),
  );

  const closeSockets = attachSockets(server, app.hub, (hello, request) =>
    proveHello(app, hello, addressOf(request, env.TRUSTED_PROXIES)),
  );
  return {
    server,
    async close() {
      closing = true;
      closeSockets();
      const done = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
      await done;
    },
  };
}

/** For Express: its pages find the id beside the answer. */
const numbered: RequestHandler = (request, response, next) => {
  response.locals.requestId = number(request, response);
  next();
};

/** For what is answered without Express. */
const arrival = (proxies: number) => (request: IncomingMessage, response: ServerResponse) => ({
  requestId: number(request, response),
  address: addressOf(request, proxies),
});

/** Gives a request an id that its log lines and its answer carry. Only the path is logged: addresses hold tokens. */
function number(request: IncomingMessage, response: ServerResponse): string {
  const given = String(request.headers["x-request-id"] ?? "")
    .slice(0, 64)
    .replace(/[^\w-]/g, "");
  const requestId = given || newId();
  const started = performance.now();
  response.setHeader("X-Request-Id", requestId);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
  const path = (request.url ?? "").split("?", 1)[0];
  response.on("finish", () => {
    const milliseconds = Math.round(performance.now() - started);
    const line = { requestId, method: request.method, path, status: response.statusCode, milliseconds };
    if (response.statusCode >= 500) log.error(line, "request failed");
    else log.debug(line, "request");
  });
  return requestId;
}
