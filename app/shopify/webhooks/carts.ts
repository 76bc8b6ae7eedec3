import { cartPayload, fromWebhook } from "~/carts/from-webhook";
import type { Context } from "~/context";
import type { Told } from "./handle";

/** carts/create, carts/update: the backstop for browsers that tell nothing. */
export async function cartChanged(ctx: Context, payload: unknown, told: Told): Promise<void> {
  await fromWebhook(ctx, cartPayload.parse(payload), told.at);
}
