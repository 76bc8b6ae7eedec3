import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readJson } from "~/http/body";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { hasChat } from "~/visitors/has-chat";
import { setPermission } from "~/visitors/permission";
import { viewPage } from "~/visitors/view-page";

const body = z.object({
  tracking: z.boolean(),
  page: z
    .object({ url: z.string().max(2_000), title: z.string().max(500).nullish(), product: z.number().int().nullish() })
    .nullish(),
});

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "signal", async (ctx) => {
    const { tracking, page } = await readJson(asked.request, body, 8 * 1024);
    await setPermission(ctx, tracking);
    if (tracking && page) {
      await viewPage(ctx, { url: page.url, title: page.title ?? null, productId: page.product ?? null });
    }
    return { chat: await hasChat(ctx) };
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
