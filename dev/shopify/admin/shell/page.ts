/** What the server told the app's page. */
export interface FrameData {
  appOrigin: string;
  appName: string;
  /** `/store/<handle>/apps/<app>` */
  root: string;
  /** `/store/<handle>` */
  base: string;
  /** Where the server answers for App Bridge. */
  bridge: string;
  staff: string;
  currency: string;
  storefronts: Record<string, string>;
  handles: Record<string, string>;
}

/** The element with this id; throws when the page does not have it. */
export function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as Kind;
}

export function readFrameData(): FrameData | null {
  const text = document.getElementById("frame-data")?.textContent;
  return text && document.getElementById("app-frame") ? (JSON.parse(text) as FrameData) : null;
}

/** A new element with properties and children. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
