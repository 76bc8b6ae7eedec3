import { appUrl } from "../shopify/admin/embedding/app-url";
import { handleOf } from "../shopify/admin/visit";
import type { World } from "../shopify/world";

/** The library refuses programs by their user agent; a merchant comes with a browser. */
export const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/**
 * Opens the app once in every shop as its owner, as the merchant's install does: an app has no token, and so no chat on
 * the storefront, before it was opened. Harmless when it was opened before.
 * @returns the shops in which it did not open.
 */
export async function openOnce(world: World): Promise<string[]> {
  const failed: string[] = [];
  for (const domain of world.store.domains()) {
    const shop = world.store.shop(domain);
    const staff = shop.all("staff").find((each) => each.accountOwner);
    if (!staff) continue;
    const handle = handleOf(domain);
    const settings = shop.settings();
    const visit = { world, shop, settings, handle, base: `/store/${handle}`, staff, path: "/" };
    const answer = await fetch(await appUrl(visit, "/"), {
      headers: { "user-agent": userAgent, accept: "text/html" },
    }).catch(() => null);
    await answer?.arrayBuffer();
    if (!answer?.ok) failed.push(domain);
  }
  return failed;
}
