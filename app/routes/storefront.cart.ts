import type { ActionFunctionArgs } from "@remix-run/node";
import { snapshotBody, toSnapshot } from "~/carts/snapshot";
import { track } from "~/carts/track";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { hasChat } from "~/visitors/has-chat";

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "signal", async (ctx) => {
    const cart = await track(ctx, toSnapshot(await readJson(asked.request, snapshotBody, 512 * 1024)));
    return { ...cart, chat: await hasChat(ctx) };
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
