import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { shopperReceipt } from "~/conversations/seen";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";

const body = z.object({
  conversationId: z.string(),
  position: z.number().int().min(0).max(2_000_000_000),
  what: z.enum(["delivered", "seen"]),
});

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "signal", async (ctx) => {
    await shopperReceipt(ctx, await readJson(asked.request, body, 4_096));
    return {};
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
