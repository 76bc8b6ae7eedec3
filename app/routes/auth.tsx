import type { LoaderFunctionArgs } from "@remix-run/node";
import { frameAncestors } from "~/http/frame-ancestors";
import { shopify } from "~/shopify.server";

/** Shopify's own pages under /auth: the bounce page that fetches a session token, and the way out of the frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  try {
    await shopify().authenticate.admin(request);
    return null;
  } catch (answered) {
    if (!(answered instanceof Response)) throw answered;
    // The library lets more hosts frame its own pages than Shopify asks for; they are framed as every other page is.
    const headers = new Headers(answered.headers);
    headers.set("Content-Security-Policy", frameAncestors(new URL(request.url)));
    throw new Response(answered.body, { status: answered.status, statusText: answered.statusText, headers });
  }
}
