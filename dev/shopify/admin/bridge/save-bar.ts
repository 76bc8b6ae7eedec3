import { call, onNotice } from "./port";
import { describeActions, ShopifyElement } from "./shopify-element";

const shown = new Set<SaveBar | HTMLFormElement>();

/** `<ui-save-bar>`: asks the admin to show Save and Discard over its top bar, and to guard leaving. */
class SaveBar extends ShopifyElement {
  get showing(): boolean {
    return shown.has(this);
  }

  get discardConfirmation(): boolean {
    return this.hasAttribute("discardConfirmation");
  }

  set discardConfirmation(value: boolean) {
    this.toggleAttribute("discardConfirmation", value);
  }

  show(): Promise<void> {
    return this.showing ? Promise.resolve() : change(this, true);
  }

  hide(): Promise<void> {
    return this.showing ? change(this, false) : Promise.resolve();
  }

  toggle(): Promise<void> {
    return this.showing ? this.hide() : this.show();
  }

  /** @internal */
  button(kind: "save" | "discard"): HTMLButtonElement | null {
    return this.querySelector(kind === "save" ? "button[variant=primary]" : "button:not([variant=primary])");
  }

  protected changed(): void {
    if (this.showing) draw();
  }

  protected removed(): void {
    if (this.showing) change(this, false);
  }
}

function change(bar: SaveBar | HTMLFormElement, show: boolean): Promise<void> {
  if (show) shown.add(bar);
  else shown.delete(bar);
  bar.dispatchEvent(new Event(show ? "show" : "hide"));
  return draw();
}

function draw(): Promise<void> {
  const top = [...shown].at(-1);
  if (!top) return call("saveBar", null);
  if (top instanceof HTMLFormElement) return call("saveBar", { save: null, discard: null, confirm: false });
  const actions = describeActions(top.querySelectorAll("button"));
  return call("saveBar", {
    save: actions.find((each) => each.primary) ?? null,
    discard: actions.find((each) => !each.primary) ?? null,
    confirm: top.discardConfirmation,
  });
}

function pressed(kind: "save" | "discard"): void {
  const top = [...shown].at(-1);
  if (!top) return;
  if (!(top instanceof HTMLFormElement)) top.button(kind)?.click();
  else if (kind === "save") top.requestSubmit();
  else top.reset();
}

function find(id: string): SaveBar {
  const found = document.getElementById(id);
  if (found instanceof SaveBar) return found;
  throw new Error(`there is no <ui-save-bar id="${id}"> in the page`);
}

/** `shopify.saveBar` */
export const saveBarApi = {
  show: async (id: string) => find(id).show(),
  hide: async (id: string) => find(id).hide(),
  toggle: async (id: string) => find(id).toggle(),
  /** Resolves at once without unsaved changes, else when the merchant agrees to leave; staying leaves it open. */
  leaveConfirmation: async () => {
    if (shown.size > 0 && !(await call<boolean>("confirmLeave"))) return new Promise<void>(() => {});
  },
};

export function defineSaveBar(): void {
  customElements.define("ui-save-bar", SaveBar);
  onNotice("saveBar", (detail) => pressed(detail === "save" ? "save" : "discard"));
  // A form with data-save-bar shows the bar by itself once something in it was changed.
  const formOf = (event: Event): HTMLFormElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-save-bar]") : null;
  for (const type of ["input", "change"]) {
    document.addEventListener(type, (event) => {
      const form = formOf(event);
      if (form && !shown.has(form)) change(form, true);
    });
  }
  for (const type of ["submit", "reset"]) {
    document.addEventListener(type, (event) => {
      const form = formOf(event);
      if (form && shown.has(form)) change(form, false);
    });
  }
}
