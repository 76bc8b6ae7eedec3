import type { LoaderFunctionArgs } from "@remix-run/node";
import { readFile } from "~/attachments/read";
import { serveFile } from "~/attachments/serve";
import { adminDoor } from "~/http/admin";
import { answer } from "~/http/errors";
import { storefrontDoor } from "~/http/storefront";
import { isVisitorToken } from "~/http/visitor-token";

/** A file of a message, for the shopper whose chat it is in and for staff. Both send their token in a header. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { request, params } = args;
  const authorization = request.headers.get("authorization") ?? "";
  if (request.method === "OPTIONS" || !authorization || isVisitorToken(authorization.replace(/^Bearer /, ""))) {
    return storefrontDoor(args, "GET", "signal", async (ctx) => serveFile(await readFile(ctx, params["id"] ?? "")));
  }
  const { ctx } = await adminDoor(request);
  try {
    return serveFile(await readFile(ctx, params["id"] ?? ""));
  } catch (error) {
    return answer(error);
  }
}
