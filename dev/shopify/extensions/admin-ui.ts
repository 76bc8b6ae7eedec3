import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { World } from "../world";
import { bundle } from "./bundle";

/**
 * Admin UI extensions, as the local admin hosts them.
 *
 * An extension is a folder below `extensions/` with a `shopify.extension.toml` of `type = "ui_extension"`. Each
 * `[[extensions.targeting]]` names a `target` and the `module` that is drawn there: source, `./src/block.tsx`, which is
 * bundled with Preact's JSX when a page asks for it and again when a file of the folder has changed. Nothing has to be
 * built before. The module's default export is called once `shopify` is there, and draws into `document.body` with the
 * Polaris web components (`s-*`) that `admin/extension-host/` defines. Texts are in `locales/*.json`, one of them
 * `*.default.json`; `name = "t:key"` takes the name from there.
 *
 * Drawn are blocks and actions of customers and orders: `admin.customer-details.block.render`, `.action.render`,
 * `admin.order-details.block.render`, `.action.render`.
 */
export interface AdminTarget {
  handle: string;
  folder: string;
  /** In the language of the default locale. */
  name: string;
  target: string;
  module: string;
}

interface UiToml {
  extensions?: {
    type?: string;
    handle?: string;
    name?: string;
    targeting?: { target: string; module: string }[];
  }[];
}

type Messages = { [key: string]: string | Messages };

/** Everything that the app's UI extensions draw, read anew each time. */
export function adminTargets(world: World): AdminTarget[] {
  return (world.app.adminExtensions ?? []).flatMap(({ handle, folder }) => {
    const file = join(folder, "shopify.extension.toml");
    if (!existsSync(file)) return [];
    const { extensions = [] } = parse(readFileSync(file, "utf8")) as UiToml;
    return extensions
      .filter((each) => each.type === "ui_extension" && each.handle === handle)
      .flatMap((each) =>
        (each.targeting ?? []).map(({ target, module }) => ({
          handle,
          folder,
          name: nameOf(each.name ?? handle, folder),
          target,
          module,
        })),
      );
  });
}

/** The target's code, as one script that leaves the module's exports in `extension`. */
export function targetScript(target: AdminTarget): Promise<string> {
  return bundle(target.folder, target.module);
}

/** The extension's texts in a language, those of the default language where it has none. */
export function targetMessages(folder: string, locale: string): { locale: string; messages: Messages } {
  const files = ["", ".default"].map((suffix) => ({
    locale,
    path: join(folder, "locales", `${locale}${suffix}.json`),
  }));
  const fallback = { locale: "en", path: join(folder, "locales", "en.default.json") };
  const found = [...files, fallback].find(({ path }) => existsSync(path));
  if (!found) return { locale: "en", messages: {} };
  return { locale: found.locale, messages: JSON.parse(readFileSync(found.path, "utf8")) as Messages };
}

function nameOf(name: string, folder: string): string {
  if (!name.startsWith("t:")) return name;
  const text = targetMessages(folder, "en").messages[name.slice(2)];
  return typeof text === "string" ? text : name;
}
