import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminJson } from "~/http/admin-json";
import { searchProducts } from "~/shopify/products";

/** Products to add to a draft order: `?q=` is what was typed. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const typed = (new URL(request.url).searchParams.get("q") ?? "").slice(0, 200);
  return adminJson(request, async (ctx) => ({ products: await searchProducts(ctx, typed) }));
}
