import { themeState } from "../liquid/page";
import { renderSectionById } from "../liquid/sections";
import { pageFor } from "../pages/page-for";
import type { Visit } from "../visit";

/**
 * Sections for the bundled rendering of the AJAX cart and for the Section Rendering API: HTML by name, null
 * for a section that is not there. They are rendered as on the page `path`.
 * https://shopify.dev/docs/api/ajax/section-rendering
 */
export function renderSections(visit: Visit, names: string[], path: string | undefined): Record<string, string | null> {
  const on = path ? { ...visit, path: withoutLocale(visit, path) } : visit;
  const page = pageFor(on);
  const state = themeState(on, page.template, page.objects);
  return Object.fromEntries(names.map((name) => [name, renderSectionById(state, page.template, name)]));
}

function withoutLocale(visit: Visit, path: string): string {
  const bare = path.split("?")[0] ?? "/";
  const prefix = visit.root.slice(0, -1);
  return prefix && (bare === prefix || bare.startsWith(`${prefix}/`)) ? bare.slice(prefix.length) || "/" : bare;
}
