import { cartPayload, fromWebhook } from "~/carts/from-webhook";
import { nameLines } from "~/carts/name-lines";
import type { Context } from "~/context";
import type { Told } from "./topics";

/** carts/create, carts/update: the backstop for browsers that tell nothing. */
export async function cartChanged(ctx: Context, payload: unknown, told: Told): Promise<void> {
  const cart = cartPayload.parse(payload);
  try {
    await fromWebhook(ctx, cart, told.at);
  } catch (error) {
    // The browser told of the same new cart in the same moment; now its row is there.
    if ((error as { code?: string }).code !== "P2002") throw error;
    await fromWebhook(ctx, cart, told.at);
  }
  await nameLines(ctx, cart.token);
}
