import type { ShopOfContext } from "~/context";
import type { Purpose } from "./admin-bucket";
import { type AdminClient, adminClient } from "./admin-client";
import { offlineToken, tokenAfterExchange } from "./offline-token";

/**
 * The Admin API of a shop, asked as the app (offline token). `purpose` is who waits: a person at a page ("click"), who is
 * answered at once, or a job ("background"), which leaves a share of the bucket alone for them.
 */
export function adminFor(ctx: { shop: Pick<ShopOfContext, "domain"> }, purpose: Purpose = "click"): AdminClient {
  const { domain } = ctx.shop;
  return adminClient({
    domain,
    token: () => offlineToken(domain),
    tokenAnew: () => tokenAfterExchange(domain),
    purpose,
  });
}
