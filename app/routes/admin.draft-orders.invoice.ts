import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { sendByEmail, sendIntoConversation } from "~/draft-orders/send-invoice";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("conversation"),
    text: z.string(),
    clientKey: z.string(),
    seenPosition: z.number().int().nullable(),
  }),
  z.object({
    by: z.literal("e-mail"),
    to: z.string().max(1_000),
    subject: z.string().max(1_000),
    message: z.string().max(5_000),
  }),
]);

/** Sends the invoice of a draft order, into its conversation or by Shopify's mail. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const asked = await readJson(request, body);
    const draftOrderId = params.draftOrderId ?? "";
    const draft =
      asked.by === "conversation"
        ? await sendIntoConversation(ctx, { draftOrderId, ...asked })
        : await sendByEmail(ctx, { draftOrderId, ...asked });
    return { id: draft.id, status: draft.status };
  });
}
