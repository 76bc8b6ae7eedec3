import type { ShopOfContext } from "~/context";
import { ShopifyDenied } from "./admin-errors";
import { readShop } from "./read-shop";

/** Whether Shopify takes our token for the shop, which it does only while the app is installed. Throws ShopifyDown and ShopifyThrottled. */
export async function isConnected(ctx: { shop: Pick<ShopOfContext, "domain"> }): Promise<boolean> {
  try {
    await readShop(ctx.shop.domain);
    return true;
  } catch (error) {
    if (error instanceof ShopifyDenied) return false;
    throw error;
  }
}
