import type { ActionFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { answerVoice } from "~/calls/door/door";
import { readBytes } from "~/http/body";
import { answer, Problem } from "~/http/errors";

/** What Twilio sends of a call, with a transcript at most. */
const largest = 64 * 1024;

/** Where Twilio asks what a call is to do, and tells what became of it. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  try {
    const body = await readBytes(request, largest);
    const { pathname, search } = new URL(request.url);
    const twiml = await answerVoice(app(), {
      accountId: params.accountId ?? "",
      step: params.step ?? "",
      path: pathname + search,
      contentType: request.headers.get("content-type"),
      body,
      signature: request.headers.get("x-twilio-signature"),
    });
    return new Response(twiml, { headers: { "Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-store" } });
  } catch (error) {
    return answer(error);
  }
}

export function loader(): Response {
  return answer(new Problem(405, "method", "This address is posted to.", { Allow: "POST" }));
}
