import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { startChat } from "~/live-view/start-chat";

const body = z.object({ visitorId: z.string() });

/** Opens the conversation in which staff write to a shopper first. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => startChat(ctx, (await readJson(request, body)).visitorId));
}
