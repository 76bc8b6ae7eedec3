import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminJson } from "~/http/admin-json";
import { downloadDataRequest } from "~/privacy/data-requests";

/** What was gathered for a customer's data request. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminJson(request, (ctx) => downloadDataRequest(ctx, params.dataRequestId ?? ""));
}
