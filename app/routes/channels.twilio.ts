import type { ActionFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { largestWebhook, receiveFromTwilio } from "~/channels/sms/door";
import { readBytes } from "~/http/body";
import { answer, NotFound, Problem } from "~/http/errors";

/** Where Twilio tells of text messages, and of what became of ours: proven, kept, answered at once. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  try {
    const { accountId = "", what } = params;
    if (what !== undefined && what !== "status") throw new NotFound("This address");
    const { pathname, search } = new URL(request.url);
    await receiveFromTwilio(app(), {
      accountId,
      path: pathname + search,
      contentType: request.headers.get("content-type"),
      signature: request.headers.get("x-twilio-signature"),
      body: await readBytes(request, largestWebhook),
    });
    // Instructions in TwiML; none, so that nothing is answered by itself.
    return new Response("<Response/>", { headers: { "Content-Type": "text/xml" } });
  } catch (error) {
    return answer(error);
  }
}

export function loader(): Response {
  return answer(new Problem(405, "method", "Webhooks are posted.", { Allow: "POST" }));
}
