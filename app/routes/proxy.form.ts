import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { addressBehindShopify, proxyDoor } from "~/http/app-proxy";
import { answer } from "~/http/errors";
import { postedForm } from "~/http/form";
import { formToken } from "~/http/form-token";
import { limit } from "~/http/limits";

/** `POST /apps/throughline/form` on the storefront: the theme's contact form. The answer stands in the theme's own frame. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  try {
    const { ctx } = await proxyDoor(request, app());
    const address = addressBehindShopify(request, context.address);
    const prefix = new URL(request.url).searchParams.get("path_prefix") ?? "";
    const asked = { address, action: `${prefix}/form`, mayRedirectTo: () => false };
    const said = await postedForm(ctx, request, asked);
    const headers = { "Content-Type": "application/liquid; charset=utf-8", "Cache-Control": "no-store" };
    return new Response("body" in said ? said.body : "", { status: said.status, headers });
  } catch (error) {
    return answer(error);
  }
}

/** What the form's script asks for when somebody begins to write. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  try {
    const { ctx } = await proxyDoor(request, app());
    await limit({ "signal:address": addressBehindShopify(request, context.address) });
    const token = formToken(ctx.shop.id, ctx.clock.now());
    return Response.json({ token }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return answer(error);
  }
}
