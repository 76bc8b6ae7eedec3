import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readJson } from "~/http/body";
import { Invalid, Problem } from "~/http/errors";
import { extensionDoor } from "~/http/extension";
import { readRecord } from "~/record/read-record";
import { startConversation } from "~/record/start-conversation";

const message = z.object({
  customer: z.string().regex(/^gid:\/\/shopify\/Customer\/\d{1,20}$/),
  text: z.string().max(20_000),
  clientKey: z.string().max(100),
});

/** `GET /record?customer=gid` or `?order=gid`: what our block on Shopify's page shows. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return extensionDoor(request, async (ctx) => {
    const { searchParams } = new URL(request.url);
    const customer = searchParams.get("customer");
    const order = searchParams.get("order");
    if (!customer && !order) throw new Invalid([{ field: "customer", message: "Name a customer or an order." }]);
    return readRecord(ctx, customer ? { customer } : { order: order ?? "" });
  });
}

/** `POST /record`: staff write to the customer first. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return extensionDoor(request, async (ctx) => {
    if (request.method !== "POST") throw new Problem(405, "method", "Use POST here.", { Allow: "GET, POST" });
    return startConversation(ctx, await readJson(request, message));
  });
}
