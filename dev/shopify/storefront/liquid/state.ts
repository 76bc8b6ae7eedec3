import type { Context } from "liquidjs";
import type { Visit } from "../visit";
import type { Messages } from "./messages";

/** What filters and tags need to know of the page being rendered, beside the objects in scope. */
export interface RenderState {
  visit: Visit;
  /** The objects visible everywhere: `shop`, `cart`, `customer`, … */
  globals: Record<string, unknown>;
  /** Where `asset_url` points: the theme's folder or the extension's. */
  assetUrl(file: string): string;
  /** The text of an asset, for `inline_asset_content`. */
  assetText(file: string): string;
  /** Where `t` looks, in order. */
  messages: { locale: string; messages: Messages | undefined }[];
  /** Renders a section of the theme by its file's name. */
  renderSection(type: string): string;
  renderSectionGroup(name: string): string;
  /** `{% stylesheet %}` and `{% javascript %}` of the sections rendered so far, each once. */
  bundled: { styles: Map<string, string>; scripts: Map<string, string> };
}

const states = new WeakMap<object, RenderState>();

/** Ties a state to its globals object, which is what Liquid carries into every partial. */
export function bindState(state: RenderState): RenderState {
  states.set(state.globals, state);
  return state;
}

/** The state of the page a filter or tag is run for; throws outside a page. */
export function stateOf(context: Context): RenderState {
  const found = states.get(context.globals);
  if (!found) throw new Error("this filter or tag needs a storefront page");
  return found;
}
