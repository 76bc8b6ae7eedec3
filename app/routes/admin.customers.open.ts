import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { openShopifyCustomer } from "~/customers/open-shopify-customer";
import { adminPage } from "~/http/admin-json";

/** Opens a customer by Shopify's number, also one who never was in touch. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const id = await adminPage(request, (ctx) => openShopifyCustomer(ctx, params.number ?? ""));
  // What the admin's frame says about itself goes along.
  return redirect(`/customers/${id}${new URL(request.url).search}`);
}
