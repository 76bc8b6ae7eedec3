import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { rate } from "~/conversations/rate";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";

const body = z.object({ conversationId: z.string(), score: z.number(), comment: z.string().nullish() });

/** `POST /storefront/rating`: how the shopper found a conversation; said again, the last word counts. */
const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "signal", async (ctx) => {
    const { conversationId, score, comment } = await readJson(asked.request, body, 16 * 1024);
    await rate(ctx, { conversationId, score, comment: comment ?? null });
    return {};
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
