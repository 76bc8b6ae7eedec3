import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { complain } from "./engine";
import { readSchema, settingValues } from "./schema";
import { bindState, type RenderState } from "./state";
import { readJson } from "./theme";

interface SectionPlace {
  id: string;
  type: string;
  settings?: Record<string, unknown>;
  blocks?: Record<string, { type: string; settings?: Record<string, unknown> }>;
  block_order?: string[];
}

interface JsonTemplate {
  sections: Record<string, Omit<SectionPlace, "id">>;
  order: string[];
}

/** One section in its wrapper, as Shopify puts it on pages and into the answers of the Section Rendering API. */
export function renderSection(state: RenderState, place: SectionPlace): string {
  const { theme } = state.visit;
  const name = `sections/${place.type}`;
  const path = join(theme.folder, "sections", `${place.type}.liquid`);
  if (!/^[\w-]+$/.test(place.type) || !existsSync(path)) {
    return complain(`theme ${theme.name}`, name, "there is no such section");
  }
  const source = readFileSync(path, "utf8");
  const schema = readSchema(name, source);
  const blocks = (place.block_order ?? Object.keys(place.blocks ?? {})).flatMap((id) => {
    const block = place.blocks?.[id];
    const known = schema?.blocks?.find(({ type }) => type === block?.type);
    if (!block) return [];
    return [{ id, type: block.type, settings: settingValues(known?.settings, block.settings), shopify_attributes: "" }];
  });
  const section = { id: place.id, type: place.type, settings: settingValues(schema?.settings, place.settings), blocks };
  const inner = bindState({ ...state, globals: { ...state.globals, section } });
  const tag = typeof schema?.tag === "string" ? schema.tag : "div";
  const css = typeof schema?.class === "string" ? ` ${schema.class}` : "";
  const html = theme.engine.render(name, source, {}, inner);
  return `<${tag} id="shopify-section-${place.id}" class="shopify-section${css}">${html}</${tag}>`;
}

/** `sections/<name>.json`, such as the header group. */
export function renderSectionGroup(state: RenderState, name: string): string {
  const path = join(state.visit.theme.folder, "sections", `${name}.json`);
  if (!existsSync(path)) return complain(`theme ${state.visit.theme.name}`, name, "there is no such section group");
  const group = readJson(path) as JsonTemplate;
  return group.order.map((key) => renderPlace(state, group, key, `sections--1__${key}`)).join("\n");
}

/** The template's own part of a page: from JSON with sections, or from Liquid. */
export function renderTemplate(state: RenderState, template: string): string {
  const base = join(state.visit.theme.folder, "templates", template);
  if (existsSync(`${base}.json`)) {
    const json = readJson(`${base}.json`) as JsonTemplate;
    return json.order.map((key) => renderPlace(state, json, key, templateSectionId(template, key))).join("\n");
  }
  if (!existsSync(`${base}.liquid`)) {
    return complain(`theme ${state.visit.theme.name}`, template, "there is no such template");
  }
  return state.visit.theme.engine.render(`templates/${template}`, readFileSync(`${base}.liquid`, "utf8"), {}, state);
}

/**
 * A section by the id that AJAX requests use: a file's name, or the id of a section of the page's JSON
 * template or of a section group. Null when there is none.
 */
export function renderSectionById(state: RenderState, template: string, id: string): string | null {
  const folder = state.visit.theme.folder;
  if (/^[\w-]+$/.test(id) && existsSync(join(folder, "sections", `${id}.liquid`))) {
    return renderSection(state, { id, type: id });
  }
  const key = /__([\w-]+)$/.exec(id)?.[1];
  if (!key) return null;
  const files = [join(folder, "templates", `${template}.json`), join(folder, "sections", "header-group.json")];
  for (const file of files) {
    if (!existsSync(file)) continue;
    const json = readJson(file) as JsonTemplate;
    if (json.sections[key]) return renderPlace(state, json, key, id);
  }
  return null;
}

function renderPlace(state: RenderState, json: JsonTemplate, key: string, id: string): string {
  const place = json.sections[key];
  if (!place) return complain(`theme ${state.visit.theme.name}`, id, `the order names "${key}", which is not there`);
  return renderSection(state, { ...place, id });
}

function templateSectionId(template: string, key: string): string {
  return `template--${template.replace("/", "-")}__${key}`;
}
