import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Liquid, type Template } from "liquidjs";
import { mediaFilters } from "./filters/media";
import { moneyFilters } from "./filters/money";
import { textFilters } from "./filters/text";
import { isKnownObject } from "./known-objects";
import type { RenderState } from "./state";
import { registerTags } from "./tags/register";

/** Liquid as Shopify runs it, over one set of snippets (a theme's or an app extension's). */
export interface ThemeEngine {
  liquid: Liquid;
  /** Parses once and keeps the result; `name` is for messages. */
  parse(name: string, source: string): Template[];
  /**
   * Renders with Shopify's rules: unknown filters, tags and objects are shown on the page and in the
   * log, and do not stop the rest of the page.
   */
  render(name: string, source: string, scope: object, state: RenderState): string;
}

export function makeEngine(options: { label: string; roots: string[] }): ThemeEngine {
  const liquid = new Liquid({
    root: options.roots,
    extname: ".liquid",
    cache: true,
    strictFilters: true,
    strictVariables: false,
    relativeReference: false,
    timezoneOffset: "Europe/Copenhagen",
  });
  registerTags(liquid);
  for (const [name, filter] of Object.entries({ ...textFilters, ...moneyFilters, ...mediaFilters })) {
    liquid.registerFilter(name, filter);
  }
  const parameters = declaredParameters(options.roots);
  const parsed = new Map<string, { templates: Template[]; unknown: string[] }>();
  const compile = (name: string, source: string) => {
    const key = `${name}\n${source}`;
    let found = parsed.get(key);
    if (!found) {
      const templates = liquid.parse(source, name);
      const used = liquid.globalVariablesSync(templates, { partials: true });
      found = { templates, unknown: used.filter((object) => !isKnownObject(object) && !parameters.has(object)) };
      parsed.set(key, found);
    }
    return found;
  };
  return {
    liquid,
    parse: (name, source) => compile(name, source).templates,
    render(name, source, scope, state) {
      try {
        const { templates, unknown } = compile(name, source);
        const complaints = unknown.map((object) => complain(options.label, name, `unknown object "${object}"`));
        return complaints.join("") + String(liquid.renderSync(templates, scope, { globals: state.globals }));
      } catch (error) {
        return complain(options.label, name, error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** Names that snippets declare as `@param` in their `{% doc %}`: a caller may leave optional ones out. */
function declaredParameters(roots: string[]): Set<string> {
  const names = new Set<string>();
  for (const root of roots.filter((folder) => existsSync(folder))) {
    for (const file of readdirSync(root)) {
      if (!file.endsWith(".liquid")) continue;
      for (const match of readFileSync(join(root, file), "utf8").matchAll(/@param\s+(?:\{[^}]*\}\s+)?\[?(\w+)/g)) {
        if (match[1]) names.add(match[1]);
      }
    }
  }
  return names;
}

/** Says it in the log and returns the visible notice for the page. */
export function complain(label: string, name: string, problem: string): string {
  const text = `Liquid error (${label}, ${name}): ${problem}`;
  console.error(text);
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<div role="alert" class="liquid-error" style="padding:8px;background:#fff0f0;color:#8a0000;font:13px monospace">${safe}</div>`;
}
