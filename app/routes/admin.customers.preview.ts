import type { LoaderFunctionArgs } from "@remix-run/node";
import { mergePreview } from "~/customers/merging/preview";
import { personNamed } from "~/customers/open-shopify-customer";
import { adminJson } from "~/http/admin-json";

/** What a merge of this person with another would bring together: `?with=` is our id, or `shopify/<number>`. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const other = new URL(request.url).searchParams.get("with") ?? "";
  return adminJson(request, async (ctx) => {
    const otherId = await personNamed(ctx, other);
    return { preview: await mergePreview(ctx, { customerId: params.customerId ?? "", otherId }) };
  });
}
