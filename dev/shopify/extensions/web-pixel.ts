import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { World } from "../world";
import { bundle } from "./bundle";

interface SettingsField {
  name?: string;
  description?: string;
  type: string;
  validations?: { name: string; value: unknown }[];
}

interface PixelToml {
  name: string;
  runtime_context?: string;
  customer_privacy?: Partial<Record<"analytics" | "marketing" | "preferences", boolean>> & { sale_of_data?: string };
  settings?: { type?: string; fields?: Record<string, SettingsField> };
}

/** The app's web pixel extension, as its `shopify.extension.toml` declares it. An app has one at most. */
export interface PixelExtension {
  folder: string;
  /** Purposes that the visitor must have allowed before it loads; a sale of data only where it is `enabled`. */
  needs: ("analytics" | "marketing" | "preferences" | "sale_of_data")[];
  runtimeContext: string;
  fields: Record<string, SettingsField>;
  script(): Promise<string>;
}

/** The pixel extension of the app, read anew each time; null when there is none. */
export function pixelExtension(world: World): PixelExtension | null {
  const found = world.app.pixels?.[0];
  const file = found && join(found.folder, "shopify.extension.toml");
  if (!found || !file || !existsSync(file)) return null;
  const toml = parse(readFileSync(file, "utf8")) as unknown as PixelToml;
  const privacy = toml.customer_privacy ?? {};
  const purposes = (["analytics", "marketing", "preferences"] as const).filter((name) => privacy[name] === true);
  return {
    folder: found.folder,
    needs: privacy.sale_of_data === "enabled" ? [...purposes, "sale_of_data"] : purposes,
    runtimeContext: toml.runtime_context ?? "strict",
    fields: toml.settings?.fields ?? {},
    script: () => bundle(found.folder, entryOf(found.folder)),
  };
}

function entryOf(folder: string): string {
  const entry = ["src/index.ts", "src/index.js"].find((name) => existsSync(join(folder, name)));
  if (!entry) throw new Error(`the web pixel extension in ${folder} has no src/index.ts`);
  return entry;
}

/**
 * Why these settings do not fit the extension's definition, or null. Every declared field must be there, nothing else
 * may, and each holds to its validations
 * (https://shopify.dev/docs/apps/build/marketing-analytics/build-web-pixels#step-2-define-your-web-pixel-settings).
 */
export function wrongSettings(pixel: PixelExtension, settings: Record<string, unknown>): string | null {
  const unknown = Object.keys(settings).find((key) => !(key in pixel.fields));
  if (unknown !== undefined) return `Settings definition has no field ${unknown}`;
  for (const [key, field] of Object.entries(pixel.fields)) {
    const value = settings[key];
    if (typeof value !== "string") return `Settings field ${key} must be a string`;
    if (field.type === "single_line_text_field" && /[\r\n]/.test(value))
      return `Settings field ${key} must be one line`;
    for (const rule of field.validations ?? []) {
      if (!keeps(value, rule)) return `Settings field ${key} does not meet the validation ${rule.name}`;
    }
  }
  return null;
}

function keeps(value: string, rule: { name: string; value: unknown }): boolean {
  switch (rule.name) {
    case "min":
      return [...value].length >= Number(rule.value);
    case "max":
      return [...value].length <= Number(rule.value);
    case "regex":
      return new RegExp(String(rule.value)).test(value);
    case "choices":
      return (JSON.parse(String(rule.value)) as unknown[]).includes(value);
    default:
      return true;
  }
}
