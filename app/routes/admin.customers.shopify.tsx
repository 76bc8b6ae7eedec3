import type { LoaderFunctionArgs } from "@remix-run/node";
import { shopifyBeside } from "~/customers/shopify-beside";
import { adminJson } from "~/http/admin-json";

/** What Shopify knows of one of our people. Asked for by itself, so that Shopify being slow or down holds up nothing else. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => ({ panel: await shopifyBeside(ctx, params.customerId ?? "") }));
}
