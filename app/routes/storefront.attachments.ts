import type { ActionFunctionArgs } from "@remix-run/node";
import { largestAttachment } from "~/attachments/kinds";
import { sizeOf, withRoom } from "~/attachments/room";
import { upload } from "~/attachments/upload";
import { readBytes } from "~/http/body";
import { limit } from "~/http/limits";
import { type Asked, storefrontDoor } from "~/http/storefront";

/** The body is the file itself; its name is the parameter `name`. */
const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "upload", async (ctx) => {
    await limit({ "upload-day:visitor": ctx.actor.visitorId, "upload-day:address": asked.context.address });
    return withRoom(sizeOf(asked.request, largestAttachment), async () => {
      const content = await readBytes(asked.request, largestAttachment, "Files can have up to 10 MB.");
      return upload(ctx, { name: new URL(asked.request.url).searchParams.get("name") ?? "", content });
    });
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
