import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { claim } from "~/visitors/claim";

const body = z.object({ name: z.string().max(500).optional(), email: z.string().max(500).optional() });

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "message", async (ctx) => {
    await claim(ctx, await readJson(asked.request, body, 4_096));
    return {};
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
