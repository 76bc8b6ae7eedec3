import { gid } from "../../records";
import { type EditorBlock, listBlocks } from "../../storefront/extension/theme-editor";
import type { Visit } from "../visit";

/**
 * What `shopify.app.extensions()` answers: each theme app extension with its blocks and where they are on.
 * `active` is on in the theme, `available` is there to be switched on. Blocks of an app that is not
 * installed are not listed.
 */
export function extensionStatus(visit: Visit) {
  const themeId = gid("OnlineStoreTheme", visit.settings.id);
  return visit.world.app.extensions.map(({ handle }) => ({
    handle,
    type: "theme_app_extension" as const,
    activations: listBlocks(visit.world, visit.shop.domain)
      .filter((block) => block.extension === handle)
      .map((block) => activation(block, themeId)),
  }));
}

function activation(block: EditorBlock, themeId: string) {
  const active = block.added && !block.disabled;
  return {
    target: block.target,
    handle: block.block,
    name: block.name,
    status: active ? "active" : "available",
    activations: active ? [{ target: block.target, themeId }] : [],
  };
}
