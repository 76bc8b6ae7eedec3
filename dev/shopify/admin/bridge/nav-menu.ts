import { go } from "./navigation";
import { call, onNotice } from "./port";
import { ShopifyElement } from "./shopify-element";

export interface NavItem {
  label: string;
  path: string;
}

let current: NavMenu | null = null;

/** `<ui-nav-menu>` and `<s-app-nav>`: the app's entries in the admin's navigation. */
class NavMenu extends ShopifyElement {
  links(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>("a[href], s-link[href]")];
  }

  protected changed(): void {
    current = this;
    const items: NavItem[] = this.links()
      // The link that leads home is the app's own name in the navigation.
      .filter((link) => link.getAttribute("rel") !== "home")
      .map((link) => ({ label: link.textContent?.trim() ?? "", path: link.getAttribute("href") ?? "/" }));
    call("navigation", items).catch(() => {});
  }

  protected removed(): void {
    if (current !== this) return;
    current = null;
    call("navigation", []).catch(() => {});
  }
}

export function defineNavMenu(): void {
  customElements.define("ui-nav-menu", class extends NavMenu {});
  customElements.define("s-app-nav", class extends NavMenu {});
  onNotice("navigation", (detail) => {
    const path = String(detail);
    const link = current?.links().find((each) => each.getAttribute("href") === path);
    go(path, link);
  });
}
