import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeEngine, type ThemeEngine } from "./engine";
import type { Messages } from "./messages";

/** A theme as it lies on the disk, with its Liquid engine. */
export interface Theme {
  name: string;
  folder: string;
  engine: ThemeEngine;
  /** Messages by ISO code; the default's file is called `<iso>.default.json`. */
  locales: Map<string, Messages>;
  defaultLocale: string;
  /** Saved theme settings over the defaults of `config/settings_schema.json`. */
  settings: Record<string, unknown>;
  /** What the theme's author says of it; read by the page head. */
  about: { name: string; standardActions: boolean };
  /** The fingerprint in an asset's address, so that browsers may keep it for ever. */
  assetVersion(file: string): string;
}

const themesFolder = fileURLToPath(new URL("../../themes/", import.meta.url));

/** Reads `dev/shopify/themes/<name>`; throws when there is no such theme. */
export function loadTheme(name: string): Theme {
  const folder = join(themesFolder, name);
  if (!existsSync(join(folder, "layout", "theme.liquid"))) throw new Error(`there is no theme ${name}`);
  const { locales, defaultLocale } = readLocales(join(folder, "locales"));
  const versions = new Map<string, string>();
  return {
    name,
    folder,
    locales,
    defaultLocale,
    engine: makeEngine({ label: `theme ${name}`, roots: [join(folder, "snippets")] }),
    settings: readSettings(folder),
    about: readJson(join(folder, "config", "theme.json")) as Theme["about"],
    assetVersion(file) {
      let found = versions.get(file);
      if (!found) {
        const path = join(folder, "assets", file);
        if (!existsSync(path)) throw new Error(`theme ${name} has no asset ${file}`);
        found = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);
        versions.set(file, found);
      }
      return found;
    },
  };
}

/** Reads `locales/*.json`, leaving out the editor's `*.schema.json`. */
export function readLocales(folder: string): { locales: Map<string, Messages>; defaultLocale: string } {
  const locales = new Map<string, Messages>();
  let defaultLocale = "en";
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const match = /^([A-Za-z-]+)(\.default)?\.json$/.exec(file);
    if (!match?.[1]) continue;
    locales.set(match[1], readJson(join(folder, file)) as Messages);
    if (match[2]) defaultLocale = match[1];
  }
  return { locales, defaultLocale };
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readSettings(folder: string): Record<string, unknown> {
  const groups = readJson(join(folder, "config", "settings_schema.json")) as {
    settings?: { id?: string; default?: unknown }[];
  }[];
  const values: Record<string, unknown> = {};
  for (const group of groups)
    for (const setting of group.settings ?? []) if (setting.id) values[setting.id] = setting.default;
  const saved = readJson(join(folder, "config", "settings_data.json")) as { current: Record<string, unknown> };
  return { ...values, ...saved.current };
}
