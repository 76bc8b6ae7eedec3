import type { InstallationRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { type Extension, readExtension } from "./read";

/** The shop's live installation of the app, or null. */
export function installationOf(world: World, shop: ShopStore): InstallationRecord | null {
  const found = shop.get("installation", world.app.clientId);
  return found && found.installedAt !== null ? found : null;
}

/** The app's handle in block types: `Throughline` → `throughline`. */
export function appHandle(world: World): string {
  return world.app.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** `shopify://apps/throughline/blocks/chat/<uid>`, as `config/settings_data.json` of a theme names a block. */
export function blockType(world: World, block: string, uid: string): string {
  return `shopify://apps/${appHandle(world)}/blocks/${block}/${uid}`;
}

/** The project's theme app extensions; throws ExtensionRefused when one breaks Shopify's rules. */
export function extensionsOf(world: World): Extension[] {
  return world.app.extensions.flatMap((each) => readExtension(each) ?? []);
}

/** Whether a saved type names this block of the app, under whatever uid the extension was deployed. */
export function namesBlock(world: World, block: string, type: string): boolean {
  return type.startsWith(`shopify://apps/${appHandle(world)}/blocks/${block}/`);
}
