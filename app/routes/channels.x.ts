import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { answerChallenge, largestWebhook, receiveFromX } from "~/channels/x/door";
import { readBytes } from "~/http/body";
import { answer } from "~/http/errors";

/** Where X asks whether this address is ours. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  try {
    const token = new URL(request.url).searchParams.get("crc_token") ?? "";
    const said = await answerChallenge(app(), params["accountId"] ?? "", token);
    return Response.json(said, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return answer(error);
  }
}

/** Where X delivers what happens in direct messages: proven, kept, answered at once. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  try {
    const body = await readBytes(request, largestWebhook);
    await receiveFromX(app(), params["accountId"] ?? "", body, request.headers.get("x-twitter-webhooks-signature"));
    return new Response(null, { status: 200 });
  } catch (error) {
    return answer(error);
  }
}
