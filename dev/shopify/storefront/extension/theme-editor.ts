import type { ThemeSettingsRecord } from "../../records";
import type { World } from "../../world";
import { type SettingSchema, settingValues } from "../liquid/schema";
import { blockType, extensionsOf, installationOf, namesBlock } from "./installed";

export interface EditorBlock {
  extension: string;
  /** The block file's name, as in a deep link's `activateAppId=<client id>/<block>`. */
  block: string;
  /** `shopify://apps/…/blocks/…/…` */
  type: string;
  name: string;
  target: string;
  /** False until a merchant has switched it on once. */
  added: boolean;
  disabled: boolean;
  /** Saved values over the schema's defaults. */
  settings: Record<string, unknown>;
  schema: SettingSchema[];
}

/** Every block of the installed app's theme extensions with its state in the shop's live theme; none when not installed. */
export function listBlocks(world: World, domain: string): EditorBlock[] {
  const shop = world.store.shop(domain);
  const installation = installationOf(world, shop);
  if (!installation) return [];
  const saved = shop.get("themeSettings", shop.settings().theme);
  return extensionsOf(world).flatMap((extension) =>
    extension.blocks.map((block) => {
      const entry = saved?.blocks.find((each) => namesBlock(world, block.handle, each.type));
      const type = entry?.type ?? blockType(world, block.handle, installation.extensionUid);
      return {
        extension: extension.handle,
        block: block.handle,
        type,
        name: block.schema.name,
        target: String(block.schema.target),
        added: entry !== undefined,
        disabled: entry?.disabled ?? true,
        settings: settingValues(block.schema.settings, entry?.settings),
        schema: block.schema.settings ?? [],
      };
    }),
  );
}

/**
 * Saves what the merchant set in the theme editor. Throws when the app is not installed or has no such
 * block, and when a setting is not in the block's schema.
 */
export function setBlock(
  world: World,
  domain: string,
  block: string,
  change: { disabled?: boolean; settings?: Record<string, unknown> },
): EditorBlock {
  const shop = world.store.shop(domain);
  const known = listBlocks(world, domain).find((each) => each.block === block);
  if (!known) throw new Error(`no installed app has a block ${block}`);
  for (const id of Object.keys(change.settings ?? {})) {
    if (!known.schema.some((setting) => setting.id === id)) throw new Error(`the block ${block} has no setting ${id}`);
  }
  const { theme } = shop.settings();
  const record: ThemeSettingsRecord = shop.get("themeSettings", theme) ?? { theme, blocks: [] };
  const before = record.blocks.find((each) => each.type === known.type);
  const entry = {
    type: known.type,
    block,
    disabled: change.disabled ?? before?.disabled ?? false,
    settings: { ...before?.settings, ...change.settings },
  };
  record.blocks = [...record.blocks.filter((each) => each.type !== known.type), entry];
  shop.put("themeSettings", theme, record);
  return listBlocks(world, domain).find((each) => each.block === block) as EditorBlock;
}
