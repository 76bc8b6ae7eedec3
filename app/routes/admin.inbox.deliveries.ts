import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { settleDelivery } from "~/conversations/settle-delivery";
import { unsend } from "~/conversations/unsend";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.object({ act: z.enum(["again", "arrived", "unsend"]), messageId: z.string() });

/** What staff decide of a message that failed, that nobody knows of, or that has not left yet. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const conversationId = params.conversationId ?? "";
    const { act, messageId } = await readJson(request, body);
    if (act === "unsend") return { unsent: await unsend(ctx, { conversationId, messageId }) };
    await settleDelivery(ctx, { conversationId, messageId, as: act });
    return { done: act };
  });
}
