import type { Context, StaffActor } from "~/context";
import { adminDoor } from "./admin";
import { answer, Problem } from "./errors";
import { crossOrigin } from "./storefront";

/**
 * The door of our blocks on Shopify's own admin pages. They run at an address of Shopify's with a session token and no
 * cookie, so any origin may ask and nobody is answered without the token.
 * https://shopify.dev/docs/api/admin-extensions/latest#app-authentication
 */
export async function extensionDoor(
  request: Request,
  serve: (ctx: Context<StaffActor>) => Promise<object>,
): Promise<Response> {
  const response = request.method === "OPTIONS" ? preflight() : await served(request, serve);
  for (const [name, value] of Object.entries(crossOrigin(request))) response.headers.set(name, value);
  return response;
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "Authorization, Content-Type",
      "Access-Control-Max-Age": "86400",
    },
  });
}

async function served(request: Request, serve: (ctx: Context<StaffActor>) => Promise<object>): Promise<Response> {
  try {
    const { ctx } = await adminDoor(request);
    return Response.json(await serve(ctx), { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    // Thrown by Shopify's library: a refusal that says that a fresh token may help. A page to go to helps no extension.
    if (!(error instanceof Response)) return answer(error);
    if (error.status < 400) return answer(new Problem(401, "unproven", "Reload this page and try again."));
    return new Response(error.body, { status: error.status, headers: new Headers(error.headers) });
  }
}
