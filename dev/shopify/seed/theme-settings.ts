import type { ShopStore } from "../store";
import type { World } from "../world";

/** The block file of the storefront chat's app embed, and the part of its type that Shopify's CLI would give. */
const CHAT = { block: "chat", uid: "0f7c1d5e-6a2b-4c8e-9d31-5b7e2f4a9c60" };

/**
 * What the theme editor saved. Where the chat is on, its block is there with default settings; where the
 * merchant never turned it on, the theme has no trace of it, as in Shopify.
 */
export function seedThemeSettings(world: World, shop: ShopStore, chat: "on" | "off"): void {
  const theme = shop.settings().theme;
  const app = world.app.name.toLowerCase();
  shop.put("themeSettings", theme, {
    theme,
    blocks:
      chat === "on"
        ? [
            {
              type: `shopify://apps/${app}/blocks/${CHAT.block}/${CHAT.uid}`,
              block: CHAT.block,
              disabled: false,
              settings: {},
            },
          ]
        : [],
  });
}
