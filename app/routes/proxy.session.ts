import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { app } from "~/app.server";
import { addressBehindShopify, proxyDoor } from "~/http/app-proxy";
import { readJson } from "~/http/body";
import { answer, Problem } from "~/http/errors";
import { limit } from "~/http/limits";
import { isKnown } from "~/visitors/is-known";
import { openSession } from "~/visitors/open-session";

const body = z.object({
  key: z.unknown().optional(),
  tracking: z.boolean().default(false),
  locale: z.string().max(35).nullish(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish()
    .catch(null),
  page: z
    .object({ url: z.string().max(2_000), title: z.string().max(500).nullish(), product: z.number().int().nullish() })
    .nullish(),
});

/** `POST /apps/throughline/session` on the storefront: who this browser is, its token, and its chat. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  try {
    if (request.method !== "POST") throw new Problem(405, "method", "Use POST here.", { Allow: "POST" });
    const { ctx, signedInAs } = await proxyDoor(request, app());
    const address = addressBehindShopify(request, context.address);
    await limit({ "session:address": address });
    const asked = await readJson(request, body, 8 * 1024);
    // Counted apart, so that a flood of new browsers keeps nobody from the chat that they are in.
    await limit({ [(await isKnown(ctx, asked.key)) ? "session:shop" : "session-new:shop"]: ctx.shop.id });
    const page = asked.page
      ? { url: asked.page.url, title: asked.page.title ?? null, productId: asked.page.product ?? null }
      : null;
    const session = await openSession(ctx, {
      key: asked.key,
      signedInAs,
      tracking: asked.tracking,
      page,
      locale: asked.locale ?? null,
      countryCode: asked.country ?? null,
    });
    return Response.json(session, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return answer(error);
  }
}

export function loader(): Response {
  return answer(new Problem(405, "method", "Use POST here.", { Allow: "POST" }));
}
