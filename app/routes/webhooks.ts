import type { ActionFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { answer, NotFound, Problem } from "~/http/errors";
import { receive } from "~/shopify/webhooks/receive";
import { verify } from "~/shopify/webhooks/verify";

/** The addresses in shopify.app.toml; the topic itself is in a header. */
const subjects = new Set([
  "carts",
  "checkouts",
  "orders",
  "draft-orders",
  "customers",
  "products",
  "companies",
  "app",
  "compliance",
]);

/** Where Shopify delivers webhooks: proven, kept, answered at once; a job does the rest. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  try {
    if (!subjects.has(params.subject ?? "")) throw new NotFound("This address");
    await receive(app(), await verify(request));
    return new Response(null, { status: 200 });
  } catch (error) {
    return answer(error);
  }
}

export function loader(): Response {
  return answer(new Problem(405, "method", "Webhooks are posted.", { Allow: "POST" }));
}
