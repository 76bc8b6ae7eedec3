import { randomUUID } from "node:crypto";
import type { InstallationRecord } from "../../records";
import type { ShopStore } from "../../store";
import { scopesPayload, shopPayload, shopRedactPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";
import { revoke } from "./tokens";

/**
 * Shopify-managed install: the merchant grants the configured scopes before the app is first opened.
 * Granting again after the configuration changed is how scopes are updated (`app/scopes_update`).
 */
export function recordInstall(world: World, shop: ShopStore, scopes: string[] = world.app.scopes): InstallationRecord {
  return shop.transaction(() => {
    const before = shop.get("installation", world.app.clientId);
    const installed: InstallationRecord = {
      clientId: world.app.clientId,
      scopes: [...scopes],
      installedAt: before?.installedAt ?? world.clock().toISOString(),
      proxy: before?.proxy ?? world.app.proxy,
      extensionUid: before?.extensionUid ?? randomUUID(),
    };
    shop.put("installation", world.app.clientId, installed);
    const changed = before?.installedAt && !sameScopes(before.scopes, scopes);
    if (changed) publish(world, shop, "app/scopes_update", scopesPayload(world, shop, before.scopes, installed.scopes));
    return installed;
  });
}

/** Uninstalls: tokens die at once, subscriptions made through the API go, `app/uninstalled` is queued. */
export function recordUninstall(world: World, shop: ShopStore): void {
  shop.transaction(() => {
    const installation = shop.get("installation", world.app.clientId);
    if (!installation?.installedAt) return;
    publish(world, shop, "app/uninstalled", shopPayload(world, shop));
    for (const token of shop.all("token")) if (!token.revoked) revoke(shop, token);
    for (const subscription of shop.all("webhookSubscription")) shop.delete("webhookSubscription", subscription.id);
    shop.put("installation", world.app.clientId, { ...installation, installedAt: null });
  });
}

/** `shop/redact`, which Shopify sends 48 hours after the uninstall; the control panel decides when. */
export function requestShopRedaction(world: World, shop: ShopStore): void {
  publish(world, shop, "shop/redact", shopRedactPayload(shop));
}

function sameScopes(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}
