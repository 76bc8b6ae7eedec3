import type { LoaderFunctionArgs } from "@remix-run/node";
import { mailBody } from "~/conversations/mail-body";
import { adminJson } from "~/http/admin-json";

/** All of a mail: its HTML, and the text with what was folded away. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { conversationId = "", messageId = "" } = params;
  return adminJson(request, (ctx) => mailBody(ctx, { conversationId, messageId }));
}
