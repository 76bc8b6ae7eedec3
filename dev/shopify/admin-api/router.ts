import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import express, { type Request, type Response, Router } from "express";
import { API_VERSION, loadAdminSchema } from "../schema/load";
import type { World } from "../world";
import { bulkRunner } from "./bulk/runner";
import { bulkFiles } from "./bulk/storage";
import { run } from "./engine/run";
import { answerTokenRequest } from "./oauth/endpoint";
import { liveToken } from "./oauth/tokens";
import { types } from "./resolvers/types";
import { switchboard } from "./switchboard";

/**
 * `*.myshopify.com` as an app's server sees it, chosen by the Host header: OAuth tokens and the Admin
 * GraphQL API. Requests for other hosts pass.
 */
export function adminApi(world: World): Router {
  const router = Router();
  bulkRunner(world, types);
  router.use(bulkFiles(world));
  // Read early, so that the first request need not wait; a failure is told where it is asked for.
  loadAdminSchema().catch(() => {});
  const body = express.text({ type: () => true, limit: "5mb" });
  router.use(async (request, response, next) => {
    const domain = (request.headers.host ?? "").split(":")[0] ?? "";
    if (!domain.endsWith(".myshopify.com") || !request.path.startsWith("/admin/")) return next();
    response.set("X-Request-Id", randomUUID());
    const { down, slow } = switchboard(world);
    if (slow > 0) await pause(slow);
    if (down) return void response.status(503).json({ errors: "Service Unavailable" });
    if (!world.store.domains().includes(domain)) return void response.status(404).json({ errors: "Not Found" });
    response.locals.shop = domain;
    body(request, response, next);
  });
  router.post("/admin/oauth/access_token", whenOurs(world, answerTokenRequest));
  router.post("/admin/api/:version/graphql.json", whenOurs(world, answerGraphQL));
  router.all("/admin/*", (_request, response, next) => {
    if (shopOf(response) === null) return next();
    response.status(404).json({ errors: "Not Found" });
  });
  return router;
}

type Handler = (world: World, domain: string, request: Request, response: Response) => Promise<void>;

function whenOurs(world: World, handle: Handler) {
  return (request: Request, response: Response, next: (error?: unknown) => void) => {
    const domain = shopOf(response);
    if (domain === null) return next();
    handle(world, domain, request, response).catch((error: unknown) => {
      if (response.headersSent) return next(error);
      response.status(500).json({ errors: error instanceof Error ? error.message : String(error) });
    });
  };
}

function shopOf(response: Response): string | null {
  const domain: unknown = response.locals.shop;
  return typeof domain === "string" ? domain : null;
}

async function answerGraphQL(world: World, domain: string, request: Request, response: Response): Promise<void> {
  const { version } = request.params;
  if (version !== API_VERSION) {
    response.status(404).json({ errors: `Not Found: the local Shopify serves ${API_VERSION}, not ${version}` });
    return;
  }
  response.set("X-Shopify-API-Version", API_VERSION);
  const shop = world.store.shop(domain);
  const token = liveToken(world, shop, request.get("X-Shopify-Access-Token") ?? "");
  if (!token) {
    response.status(401).json({
      errors: "[API] Invalid API key or access token (unrecognized login or wrong password)",
    });
    return;
  }
  const asked = readRequest(request);
  if (!asked) {
    response.status(400).json({ errors: { query: "Required parameter missing or invalid" } });
    return;
  }
  const admin = await loadAdminSchema();
  const context = { world, shop, settings: shop.settings(), token, admin, now: world.clock() };
  response.json(await run(types, context, asked));
}

function readRequest(request: Request) {
  const text: unknown = request.body;
  if (typeof text !== "string") return null;
  if (request.is("application/graphql")) return { query: text, variables: {}, operationName: null };
  try {
    const body = JSON.parse(text) as { query?: unknown; variables?: unknown; operationName?: unknown };
    if (typeof body.query !== "string") return null;
    return {
      query: body.query,
      variables: (body.variables ?? {}) as Record<string, unknown>,
      operationName: typeof body.operationName === "string" ? body.operationName : null,
    };
  } catch {
    return null;
  }
}
