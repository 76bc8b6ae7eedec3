import type { LoaderFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { readLink } from "~/attachments/link";
import { readFile, readLinkedFile } from "~/attachments/read";
import { serveFile } from "~/attachments/serve";
import { adminDoor } from "~/http/admin";
import { answer, NotFound } from "~/http/errors";
import { storefrontDoor } from "~/http/storefront";
import { isVisitorToken } from "~/http/visitor-token";
import { contextOf } from "~/shop/context-of";

/**
 * A file of a message: for the shopper whose it is and for staff, who send their token in a header, and for a provider
 * that has a signed link to it.
 */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { request, params } = args;
  const id = params["id"] ?? "";
  const authorization = request.headers.get("authorization") ?? "";
  const url = new URL(request.url);
  if (!authorization && url.searchParams.has("signature")) return linked(request, url, id);
  if (request.method === "OPTIONS" || !authorization || isVisitorToken(authorization.replace(/^Bearer /, ""))) {
    return storefrontDoor(args, "GET", "signal", async (ctx) => serveFile(await readFile(ctx, id), request));
  }
  const { ctx } = await adminDoor(request);
  try {
    return await serveFile(await readFile(ctx, id), request);
  } catch (error) {
    return answer(error);
  }
}

async function linked(request: Request, url: URL, id: string): Promise<Response> {
  try {
    const link = readLink(url, id, app().clock.now());
    const ctx = link && (await contextOf(app(), link.shopId));
    if (!ctx) throw new NotFound("This file");
    return await serveFile(await readLinkedFile(ctx, id), request);
  } catch (error) {
    return answer(error);
  }
}
