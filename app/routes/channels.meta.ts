import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { largestDelivery, receiveWebhook, verifyWebhook } from "~/channels/vendors/meta/door";
import { readBytes } from "~/http/body";
import { answer } from "~/http/errors";

/** Where Meta asks whether this address is ours, when it is entered in the app's settings there. */
export function loader({ request }: LoaderFunctionArgs): Response {
  try {
    const challenge = verifyWebhook(new URL(request.url).searchParams);
    return new Response(challenge, { headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" } });
  } catch (error) {
    return answer(error);
  }
}

/** Where Meta delivers what happens on Instagram, Messenger and WhatsApp: proven, kept, answered at once. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  try {
    const body = await readBytes(request, largestDelivery);
    await receiveWebhook(app(), body, request.headers.get("x-hub-signature-256"));
    return new Response(null, { status: 200 });
  } catch (error) {
    return answer(error);
  }
}
