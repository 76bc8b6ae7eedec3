import type { LoaderFunctionArgs } from "@remix-run/node";
import { shopify } from "~/shopify.server";

/** Shopify's own pages under /auth: the bounce page that fetches a session token, and the way out of the frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  await shopify().authenticate.admin(request);
  return null;
}
