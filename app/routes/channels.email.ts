import type { ActionFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { largestMail, receiveRaw } from "~/channels/email/http/door";
import { readBytes } from "~/http/body";
import { answer, Problem } from "~/http/errors";

/** Where a merchant's own system posts raw mail (message/rfc822): proven, kept, answered at once. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  try {
    const signed = {
      timestamp: request.headers.get("x-throughline-timestamp"),
      signature: request.headers.get("x-throughline-signature"),
    };
    await receiveRaw(app(), params.accountId ?? "", signed, () =>
      readBytes(request, largestMail, "This mail is too large."),
    );
    return new Response(null, { status: 202 });
  } catch (error) {
    return answer(error);
  }
}

export function loader(): Response {
  return answer(new Problem(405, "method", "Mail is posted.", { Allow: "POST" }));
}
