import type { LoaderFunctionArgs } from "@remix-run/node";
import { adminFile } from "~/http/admin-json";
import { rawInbound } from "~/settings/channels/put-aside";

/** What a provider sent, byte for byte. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminFile(request, async (ctx) => {
    const { name, body } = await rawInbound(ctx, params.inboundId ?? "");
    return { name, content: once(body), type: "application/octet-stream" };
  });
}

async function* once(body: Uint8Array): AsyncIterable<Uint8Array> {
  yield body;
}
