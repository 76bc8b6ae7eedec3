import type { ActionFunctionArgs } from "@remix-run/node";
import { snapshotBody, toSnapshot } from "~/carts/snapshot";
import { track } from "~/carts/track";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "signal", async (ctx) =>
    track(ctx, toSnapshot(await readJson(asked.request, snapshotBody, 512 * 1024))),
  );

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
