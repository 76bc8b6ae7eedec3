import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { split } from "~/conversations/splitting/split";
import { unsplit } from "~/conversations/splitting/unsplit";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const body = z.discriminatedUnion("act", [
  z.object({ act: z.literal("split"), messageId: z.string(), only: z.boolean(), clientKey: z.string() }),
  z.object({ act: z.literal("undo") }),
]);

/** Begins a new conversation at a message of this one, or puts this one back into the one that it was split from. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const conversationId = params.conversationId ?? "";
    const asked = await readJson(request, body);
    return asked.act === "undo" ? unsplit(ctx, conversationId) : split(ctx, { conversationId, ...asked });
  });
}
