import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminFile } from "~/http/admin-json";
import { downloadReceipt } from "~/privacy/receipts";

/** The signed receipt of an erasure, as a file. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminFile(request, (ctx) => downloadReceipt(ctx, params.receiptId ?? ""));
}
