import type { ActionFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { largestRequest, receiveFromApi } from "~/channels/api/door";
import { readBytes } from "~/http/body";
import { answer, Problem } from "~/http/errors";

/** Where a channel of the merchant's own posts what people write: docs/channels/api.md. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  try {
    const { id, kept } = await receiveFromApi(app(), {
      accountId: params["accountId"] ?? "",
      timestamp: request.headers.get("x-throughline-timestamp"),
      signature: request.headers.get("x-throughline-signature"),
      body: await readBytes(request, largestRequest),
    });
    return Response.json(
      { id, repeated: kept === "repeated" },
      { status: 202, headers: { "Cache-Control": "no-store" } },
    );
  } catch (error) {
    return answer(error);
  }
}

export function loader(): Response {
  return answer(new Problem(405, "method", "Messages are posted.", { Allow: "POST" }));
}
