import type { ActionFunctionArgs } from "@remix-run/node";
import { largestAttachment } from "~/attachments/kinds";
import { sizeOf, withRoom } from "~/attachments/room";
import { upload } from "~/attachments/upload";
import { adminJson } from "~/http/admin-json";
import { readBytes } from "~/http/body";

/** Keeps a file until a reply names it. The body is the file itself; its name is the parameter `name`. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, (ctx) =>
    withRoom(sizeOf(request, largestAttachment), async () => {
      const content = await readBytes(request, largestAttachment, "Files can have up to 10 MB.");
      return { attachment: await upload(ctx, { name: new URL(request.url).searchParams.get("name") ?? "", content }) };
    }),
  );
}
