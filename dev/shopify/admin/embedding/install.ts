import { randomUUID } from "node:crypto";
import { defineDeclared } from "../../extensions/declared-metafields";
import type { InstallationRecord } from "../../records";
import type { ShopStore } from "../../store";
import { scopesPayload, shopPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";

/**
 * Installs the app as the merchant's click does, or brings an installation to what the app declares now.
 * Scopes are granted here; the app gets its tokens when it is opened, by token exchange.
 */
export function installApp(world: World, shop: ShopStore): InstallationRecord {
  return shop.transaction(() => {
    const before = shop.get("installation", world.app.clientId);
    const installation: InstallationRecord = {
      clientId: world.app.clientId,
      scopes: [...world.app.scopes],
      installedAt: before?.installedAt ?? world.clock().toISOString(),
      // A merchant keeps the proxy path of the day they installed; its address follows the app.
      proxy: {
        prefix: before?.proxy?.prefix ?? world.app.proxy.prefix,
        subpath: before?.proxy?.subpath ?? world.app.proxy.subpath,
        url: world.app.proxy.url,
      },
      extensionUid: before?.extensionUid ?? uidInTheme(shop) ?? randomUUID(),
    };
    shop.put("installation", world.app.clientId, installation);
    defineDeclared(world, shop);
    const changed = before?.installedAt && before.scopes.join() !== installation.scopes.join();
    if (changed)
      publish(world, shop, "app/scopes_update", scopesPayload(world, shop, before.scopes, installation.scopes));
    return installation;
  });
}

/** The extension's uid that a theme names already, so that a block it has switched on stays the same block. */
function uidInTheme(shop: ShopStore): string | null {
  const types = shop.all("themeSettings").flatMap((theme) => theme.blocks.map((block) => block.type));
  return /\/blocks\/[^/]+\/([^/]+)$/.exec(types[0] ?? "")?.[1] ?? null;
}

/** Uninstalls: the app hears of it, its tokens end and its own subscriptions go. The theme keeps its settings. */
export function uninstallApp(world: World, shop: ShopStore): void {
  shop.transaction(() => {
    const installation = shop.get("installation", world.app.clientId);
    if (!installation?.installedAt) return;
    publish(world, shop, "app/uninstalled", shopPayload(world, shop));
    shop.put("installation", world.app.clientId, { ...installation, installedAt: null });
    for (const token of shop.all("token")) {
      if (token.clientId !== world.app.clientId || token.revoked) continue;
      shop.put("token", token.accessToken, { ...token, revoked: true });
    }
    for (const pixel of shop.all("webPixel")) shop.delete("webPixel", pixel.id);
    for (const subscription of shop.all("webhookSubscription")) shop.delete("webhookSubscription", subscription.id);
  });
}
