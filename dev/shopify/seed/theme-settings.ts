import type { ShopStore } from "../store";
import type { World } from "../world";

/** The block file of the storefront chat, and the `uid` of its extension as `shopify.extension.toml` has it. */
const CHAT = { block: "chat", uid: "5b0a4f0e-6c0f-4d0b-9a57-3f0c2f5f7c11" };

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
