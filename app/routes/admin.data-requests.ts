import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminFile } from "~/http/admin-json";
import { downloadDataRequest } from "~/privacy/data-requests";

/** The file that answers a customer's data request. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminFile(request, (ctx) => downloadDataRequest(ctx, params.dataRequestId ?? ""));
}
