import { call, onNotice } from "./port";
import { describeActions, originalOf, ShopifyElement } from "./shopify-element";

/** `<ui-title-bar>`: the heading and buttons that the admin draws above the app. Inside a modal, the modal's. */
class TitleBar extends ShopifyElement {
  protected changed(): void {
    if (this.closest("ui-modal")) return;
    call("titleBar", {
      title: this.getAttribute("title") ?? document.title,
      actions: describeActions(this.children),
    }).catch(() => {});
  }

  protected removed(): void {
    call("titleBar", null).catch(() => {});
  }
}

export function defineTitleBar(): void {
  customElements.define("ui-title-bar", TitleBar);
  onNotice("press", (detail) => originalOf(String(detail))?.click());
}
