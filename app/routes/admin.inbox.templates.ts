import type { LoaderFunctionArgs } from "@remix-run/node";
import { templatesFor } from "~/conversations/templates";
import { adminJson } from "~/http/admin-json";

/** The templates that may be sent to one endpoint. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => ({ templates: await templatesFor(ctx, params.endpointId ?? "") }));
}
