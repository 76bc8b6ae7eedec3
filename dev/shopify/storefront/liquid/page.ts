import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { appEmbeds } from "../extension/embeds";
import { globalObjects } from "../objects/globals";
import type { Visit } from "../visit";
import { complain } from "./engine";
import { contentForHeader } from "./head";
import { renderSection, renderSectionGroup, renderTemplate } from "./sections";
import { bindState, type RenderState } from "./state";

/** The state for rendering theme files of one visit; `objects` are what the page adds, such as `product`. */
export function themeState(visit: Visit, template: string, objects: Record<string, unknown> = {}): RenderState {
  const { theme } = visit;
  const host = new URL(visit.origin).host;
  const state: RenderState = bindState({
    visit,
    globals: { ...globalObjects(visit, template), ...objects },
    assetUrl: (file) => `//${host}/cdn/shop/t/1/assets/${file}?v=${theme.assetVersion(file)}`,
    assetText: (file) => readFileSync(join(theme.folder, "assets", file), "utf8"),
    messages: [
      { locale: visit.locale, messages: theme.locales.get(visit.locale) },
      { locale: theme.defaultLocale, messages: theme.locales.get(theme.defaultLocale) },
    ],
    renderSection: (type) => renderSection(state, { id: type, type }),
    renderSectionGroup: (name) => renderSectionGroup(state, name),
    bundled: { styles: new Map(), scripts: new Map() },
  });
  return state;
}

/** A whole page in the theme's layout, with the platform's scripts and the apps' embeds. */
export function renderPage(visit: Visit, template: string, objects: Record<string, unknown> = {}): string {
  const state = themeState(visit, template, objects);
  const body = renderTemplate(state, template);
  return inLayout(state, body);
}

/** Puts `body` into the theme's layout. App embeds go into the head and before the body's end. */
export function inLayout(state: RenderState, body: string): string {
  const { visit } = state;
  const layout = join(visit.theme.folder, "layout", "theme.liquid");
  if (!existsSync(layout)) return complain(`theme ${visit.theme.name}`, "layout/theme", "the file is missing");
  const embeds = appEmbeds(state);
  Object.assign(state.globals, {
    content_for_header: `${contentForHeader(state)}${embeds.head}`,
    content_for_layout: body,
  });
  const html = visit.theme.engine.render("layout/theme", readFileSync(layout, "utf8"), {}, state);
  const { styles, scripts } = state.bundled;
  const head = styles.size > 0 ? `<style data-shopify>${[...styles.values()].join("\n")}</style>` : "";
  const foot = scripts.size > 0 ? `<script data-shopify>${[...scripts.values()].join("\n")}</script>` : "";
  return html
    .replace("</head>", () => `${head}</head>`)
    .replace(/<\/body>(?![\s\S]*<\/body>)/, () => `${foot}${embeds.body}</body>`);
}
