import { readFileSync } from "node:fs";
import { join } from "node:path";
import { complain } from "../liquid/engine";
import { type BlockSchema, settingValues } from "../liquid/schema";
import { bindState, type RenderState } from "../liquid/state";
import { appHandle, extensionsOf, installationOf, namesBlock } from "./installed";
import type { Extension, ExtensionBlock } from "./read";

interface Embeds {
  head: string;
  body: string;
}

/**
 * The app embeds that are switched on in the theme: `head` goes into the page's head with the blocks'
 * scripts and styles (each once), `body` before `</body>`. Nothing when the app is not installed.
 */
export function appEmbeds(state: RenderState): Embeds {
  const { world, shop, settings } = state.visit;
  const installation = installationOf(world, shop);
  const saved = shop.get("themeSettings", settings.theme);
  if (!installation || !saved) return { head: "", body: "" };
  const embeds: Embeds = { head: "", body: "" };
  const assets = new Set<string>();
  try {
    for (const extension of extensionsOf(world)) {
      for (const block of extension.blocks) {
        const entry = saved.blocks.find((each) => namesBlock(world, block.handle, each.type));
        if (!entry || entry.disabled) continue;
        const target = String(block.schema.target);
        if (target === "section") continue;
        const inner = extensionState(state, extension, installation.extensionUid, block, entry.settings);
        if (!shownOn(block.schema, state) || !isAvailable(extension, block, inner)) continue;
        for (const asset of schemaAssets(block.schema, inner)) assets.add(asset);
        const html = extension.engine.render(`blocks/${block.handle}`, block.source, {}, inner);
        if (target === "body") {
          embeds.body += `<div id="shopify-block-${blockId(block)}" class="shopify-block shopify-app-block">${html}</div>`;
        } else embeds.head += html;
      }
    }
  } catch (error) {
    embeds.body += complain(
      `app ${appHandle(world)}`,
      "extension",
      error instanceof Error ? error.message : String(error),
    );
  }
  return { head: [...assets].join("\n") + embeds.head, body: embeds.body };
}

function blockId(block: ExtensionBlock): string {
  return `app-${block.handle}`;
}

/** What an app block can see: the global objects, its own settings, and its extension's assets and texts. */
function extensionState(
  outer: RenderState,
  extension: Extension,
  uid: string,
  block: ExtensionBlock,
  saved: Record<string, unknown>,
): RenderState {
  const { visit } = outer;
  const host = new URL(visit.origin).host;
  const id = blockId(block);
  const locale = extension.locales.has(visit.locale) ? visit.locale : extension.defaultLocale;
  return bindState({
    ...outer,
    globals: {
      ...outer.globals,
      app: { metafields: appMetafields(outer) },
      block: { id, type: block.handle, settings: settingValues(block.schema.settings, saved), shopify_attributes: "" },
      section: { id: `sections--app-embeds` },
    },
    assetUrl: (file) =>
      `//${host}/cdn/shop/extensions/${uid}/${extension.handle}/assets/${file}?v=${extension.assetVersion(file)}`,
    assetText: (file) => readFileSync(join(extension.folder, "assets", file), "utf8"),
    messages: [locale, extension.defaultLocale].map((name) => ({
      locale: name,
      messages: extension.locales.get(name),
    })),
  });
}

/** `app.metafields.namespace.key.value` */
function appMetafields(state: RenderState): Record<string, Record<string, { value: unknown; type: string }>> {
  const found: Record<string, Record<string, { value: unknown; type: string }>> = {};
  for (const field of state.visit.shop.all("metafield")) {
    if (!field.ownerGid.startsWith("gid://shopify/AppInstallation/")) continue;
    const value = { type: field.type, value: typedValue(field.type, field.value) };
    found[field.namespace] = { ...found[field.namespace], [field.key]: value };
  }
  return found;
}

function typedValue(type: string, value: string): unknown {
  if (type === "boolean") return value === "true";
  if (type.startsWith("number_")) return Number(value);
  return type === "json" ? JSON.parse(value) : value;
}

/** `enabled_on` and `disabled_on` by template. */
function shownOn(schema: BlockSchema, state: RenderState): boolean {
  const { name } = state.globals.template as { name: string };
  const listed = (key: string) => (schema[key] as { templates?: string[] } | undefined)?.templates;
  const holds = (list: string[]) => list.includes("*") || list.includes(name);
  const enabled = listed("enabled_on");
  const disabled = listed("disabled_on");
  return (!enabled || holds(enabled)) && !(disabled && holds(disabled));
}

/** `available_if: "{{ app.metafields.ns.key }}"`: a boolean metafield of the app's data. */
function isAvailable(extension: Extension, block: ExtensionBlock, state: RenderState): boolean {
  const condition = block.schema.available_if;
  if (typeof condition !== "string") return true;
  const source = condition.replace(/\}\}\s*$/, ".value }}");
  return extension.engine.render(`blocks/${block.handle} available_if`, source, {}, state) === "true";
}

function schemaAssets(schema: BlockSchema, state: RenderState): string[] {
  const tags: string[] = [];
  const style = schema.stylesheet;
  const script = schema.javascript;
  if (typeof style === "string") tags.push(`<link href="${state.assetUrl(style)}" rel="stylesheet" media="all">`);
  if (typeof script === "string") tags.push(`<script src="${state.assetUrl(script)}" async="async"></script>`);
  return tags;
}
