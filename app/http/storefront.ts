import { type App, app } from "~/app.server";
import type { Context, ShopperActor } from "~/context";
import { answer, Problem, Unproven } from "./errors";
import { limit } from "./limits";
import { type ProvenVisitor, verifyVisitorToken } from "./visitor-token";

/**
 * Pages of any origin may ask: there are no cookies here, and without the token of a visitor nothing is answered.
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function crossOrigin(request: Request): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": request.headers.get("origin") ?? "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    Vary: "Origin",
  };
}

function preflight(request: Request, methods: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...crossOrigin(request),
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": "Authorization, Content-Type",
      "Access-Control-Max-Age": "86400",
    },
  });
}

/** A shopper whose token was proven. */
export interface Shopper {
  ctx: Context<ShopperActor>;
  visitor: ProvenVisitor;
}

/** Proves the visitor token of a request. Throws Unproven. */
export async function shopperDoor(request: Request, given: App = app()): Promise<Shopper> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  const visitor = token ? await verifyVisitorToken(token, given) : null;
  if (!visitor) throw new Unproven();
  return { ctx: contextOfVisitor(visitor, given), visitor };
}

/** The context of a proven visitor. */
export function contextOfVisitor(visitor: ProvenVisitor, given: App): Context<ShopperActor> {
  const { shop, visitorId, customerId, alsoProven } = visitor;
  const { db, clock, signals } = given;
  return { shop, actor: { kind: "shopper", visitorId, customerId, alsoProven }, db, clock, signals };
}

/** What a loader or an action has of its request. */
export interface Asked {
  request: Request;
  /** Made by `app/server.ts`: where the request came from. */
  context: { address: string };
}

/** Which budget of `limits.ts` a door takes from, by visitor, address and shop. */
export type Costs = "message" | "upload" | "signal";

/**
 * A door for shoppers' pages: answers the preflight, refuses other methods, proves the visitor token, takes from the
 * budgets, and puts what `serve` returns or throws into an answer that the page may read.
 */
export async function storefrontDoor(
  { request, context }: Asked,
  method: "GET" | "POST",
  costs: Costs,
  serve: (ctx: Context<ShopperActor>, visitor: ProvenVisitor) => Promise<Response | object>,
): Promise<Response> {
  if (request.method === "OPTIONS") return preflight(request, method);
  let response: Response;
  try {
    if (request.method !== method && !(method === "GET" && request.method === "HEAD")) {
      throw new Problem(405, "method", `Use ${method} here.`, { Allow: method });
    }
    await limit({ [`${costs}:address`]: context.address });
    const { ctx, visitor } = await shopperDoor(request);
    await limit({ [`${costs}:visitor`]: ctx.actor.visitorId, [`${costs}:shop`]: ctx.shop.id });
    const served = await serve(ctx, visitor);
    response =
      served instanceof Response ? served : Response.json(served, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    response = answer(error);
  }
  for (const [name, value] of Object.entries(crossOrigin(request))) response.headers.set(name, value);
  return response;
}
