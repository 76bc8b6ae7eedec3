import { adminOrigin, call, embedded } from "./port";
import { ShopifyElement } from "./shopify-element";

const WIDTHS: Record<string, string> = { small: "380px", base: "620px", large: "980px", max: "100vw" };

/**
 * `<ui-modal>`: a dialog over the app. Its content stays in the app's own document (App Bridge moves it to a
 * window of the admin, with the app's styles), or is another page of the app with `src`.
 */
class Modal extends ShopifyElement {
  private dialog: HTMLDialogElement | null = null;
  private frame: HTMLIFrameElement | null = null;
  private readonly holder = document.createElement("div");

  get content(): HTMLElement {
    return this.holder;
  }
  set content(element: HTMLElement) {
    this.holder.replaceChildren(element);
  }
  get variant(): string {
    return this.getAttribute("variant") ?? "base";
  }
  set variant(value: string) {
    this.setAttribute("variant", value);
  }
  get src(): string | undefined {
    return this.getAttribute("src") ?? undefined;
  }
  set src(value: string | undefined) {
    if (value) this.setAttribute("src", value);
    else this.removeAttribute("src");
  }
  get contentWindow(): Window | null {
    return this.frame?.contentWindow ?? null;
  }

  async show(): Promise<void> {
    if (this.dialog) return;
    this.dialog = this.build();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.dispatchEvent(new Event("show"));
    if (embedded) await call("modal", true).catch(() => {});
  }

  async hide(): Promise<void> {
    if (!this.dialog) return;
    const { dialog } = this;
    this.dialog = null;
    this.frame = null;
    dialog.close();
    dialog.remove();
    this.dispatchEvent(new Event("hide"));
    if (embedded) await call("modal", false).catch(() => {});
  }

  toggle(): Promise<void> {
    return this.dialog ? this.hide() : this.show();
  }

  protected changed(): void {
    if (this.dialog) this.drawActions(this.dialog);
  }

  protected removed(): void {
    this.hide();
  }

  private titleBar(): Element | null {
    return this.querySelector("ui-title-bar");
  }

  private build(): HTMLDialogElement {
    const dialog = document.createElement("dialog");
    dialog.className = "app-bridge-modal";
    dialog.style.setProperty("--app-bridge-modal-width", WIDTHS[this.variant] ?? "620px");
    const title = this.titleBar()?.getAttribute("title") ?? document.title;
    dialog.setAttribute("aria-label", title);
    dialog.innerHTML = `<header><h2></h2><button type="button" aria-label="Close">×</button></header><div class="app-bridge-modal-body"></div><footer></footer>`;
    const heading = dialog.querySelector("h2");
    if (heading) heading.textContent = title;
    dialog.querySelector("header button")?.addEventListener("click", () => this.hide());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.hide();
    });
    dialog.querySelector(".app-bridge-modal-body")?.append(this.src ? this.buildFrame(title) : this.inner());
    this.drawActions(dialog);
    dialog.prepend(modalStyle());
    return dialog;
  }

  /** What stands in the element beside its title bar, unless a framework renders into `content`. */
  private inner(): HTMLElement {
    if (this.holder.childNodes.length === 0) {
      for (const child of [...this.children])
        if (child.localName !== "ui-title-bar" && child.childNodes.length > 0) this.holder.append(child);
    }
    return this.holder;
  }

  private buildFrame(title: string): HTMLIFrameElement {
    this.frame = document.createElement("iframe");
    this.frame.title = title;
    this.frame.src = this.src ?? "";
    return this.frame;
  }

  private drawActions(dialog: HTMLDialogElement): void {
    const buttons = [...(this.titleBar()?.querySelectorAll<HTMLElement>("button, a") ?? [])];
    dialog.querySelector("footer")?.replaceChildren(
      ...buttons.map((original) => {
        const drawn = document.createElement("button");
        drawn.type = "button";
        drawn.textContent = original.textContent;
        drawn.className = [original.getAttribute("variant"), original.getAttribute("tone")].filter(Boolean).join(" ");
        drawn.disabled = original.hasAttribute("disabled");
        drawn.addEventListener("click", () => original.click());
        return drawn;
      }),
    );
  }
}

/**
 * The dialog brings its look along. In the document's head it would stand among the app's own elements before React
 * hydrates them: React takes each for the next one, and a later page then removes the wrong stylesheet.
 */
function modalStyle(): HTMLLinkElement {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${adminOrigin}/admin-assets/modal.css`;
  return style;
}

function find(id: string): Modal {
  const found = document.getElementById(id);
  if (found instanceof Modal) return found;
  throw new Error(`there is no <ui-modal id="${id}"> in the page`);
}

/** `shopify.modal` */
export const modalApi = {
  show: async (id: string) => find(id).show(),
  hide: async (id: string) => find(id).hide(),
  toggle: async (id: string) => find(id).toggle(),
};

export function defineModal(): void {
  customElements.define("ui-modal", Modal);
}
