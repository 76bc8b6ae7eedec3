/** How one of the Polaris web components is drawn here: near enough to the admin's looks, not a copy of them. */
export interface Drawing {
  /** Properties, in camel case; each is an attribute of the same letters too. */
  properties: readonly string[];
  styles: string;
  /** Fills the shadow root once; `update` runs then and after every change of a property. */
  build(root: ShadowRoot, host: Host): void;
  update?(root: ShadowRoot, host: Host): void;
}

export interface Host extends HTMLElement {
  /** The property as text, or null when it is not set. */
  text(name: string): string | null;
  isOn(name: string): boolean;
}

const base = ":host{display:block;font:inherit;color:inherit}:host([hidden]){display:none}*{box-sizing:border-box}";

/** Defines the component; a property that is set to true is an attribute without a value, false and null take it away. */
export function define(name: string, drawing: Drawing): void {
  class Element extends HTMLElement implements Host {
    static readonly observedAttributes = drawing.properties.map((each) => each.toLowerCase());
    readonly #root = this.attachShadow({ mode: "open", delegatesFocus: true });

    constructor() {
      super();
      const sheet = document.createElement("style");
      sheet.textContent = base + drawing.styles;
      this.#root.append(sheet);
      drawing.build(this.#root, this);
    }

    connectedCallback(): void {
      drawing.update?.(this.#root, this);
    }

    attributeChangedCallback(): void {
      if (this.isConnected) drawing.update?.(this.#root, this);
    }

    text(property: string): string | null {
      return this.getAttribute(property.toLowerCase());
    }

    isOn(property: string): boolean {
      const value = this.text(property);
      return value !== null && value !== "false";
    }
  }
  for (const property of drawing.properties) {
    if (property === "value") continue;
    Object.defineProperty(Element.prototype, property, {
      configurable: true,
      get(this: Host) {
        return this.text(property);
      },
      set(this: Host, value: unknown) {
        const attribute = property.toLowerCase();
        if (value === true) this.setAttribute(attribute, "");
        else if (value === false || value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, String(value));
      },
    });
  }
  customElements.define(name, Element);
}

/** A new element with a class and children, for building shadow roots. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The element in a shadow root; it is there because `build` put it there. */
export function inside<Kind extends Element = HTMLElement>(root: ShadowRoot, selector: string): Kind {
  const found = root.querySelector<Kind>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

/** Space names of Polaris in CSS lengths. */
export function space(name: string | null): string {
  if (!name || name === "none") return "0";
  const sizes: Record<string, string> = {
    "small-500": "0.125rem",
    "small-400": "0.25rem",
    "small-300": "0.375rem",
    "small-200": "0.5rem",
    "small-100": "0.75rem",
    small: "0.75rem",
    base: "1rem",
    large: "1.25rem",
    "large-100": "1.25rem",
    "large-200": "1.5rem",
    "large-300": "2rem",
  };
  return name
    .split(" ")
    .map((each) => sizes[each] ?? (each === "none" ? "0" : each))
    .join(" ");
}
