import type { ShopOfContext } from "~/context";
import { type AdminClient, adminClient, patience } from "./admin-client";
import { offlineToken } from "./offline-token";

/**
 * The Admin API of a shop, asked as the app (offline token). `pace` is who waits: a person at a page ("click") or a
 * job ("background").
 */
export function adminFor(
  ctx: { shop: Pick<ShopOfContext, "domain"> },
  pace: keyof typeof patience = "click",
): AdminClient {
  const { domain } = ctx.shop;
  return adminClient({ domain, token: () => offlineToken(domain), patience: patience[pace] });
}
