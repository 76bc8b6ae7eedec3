import { render } from "preact";
import { get, set } from "../loader/storage";
import type { Chat, Loader } from "../protocol";
import { accentOnWhite, inkOn } from "./ink";
import { Panel, sheet } from "./panel";
import { Store } from "./store";
import css from "./style.css?inline";
import { type Texts, textsOf } from "./texts";

/** Puts the chat beside the launcher. Nothing happens on import, so that fetching the bundle early costs nothing. */
export function start(loader: Loader, open: boolean, byShopper: boolean): Chat {
  const { root, host, button } = loader;
  const style = document.createElement("style");
  style.textContent = css;
  const place = document.createElement("div");
  root.append(style, place);

  const colour = host.style.getPropertyValue("--accent").trim();
  host.style.setProperty("--ink", inkOn(colour));
  host.style.setProperty("--accent-words", accentOnWhite(colour));
  button.setAttribute("aria-controls", "throughline-panel");

  let isOpen = open && (byShopper || mayOpenAgain());
  if (!isOpen) set("sessionStorage", "open", null);
  let store: Store | undefined;
  const show = (next: boolean, asked = true): void => {
    isOpen = next;
    button.ariaExpanded = String(next);
    if (store) store.open(next, asked);
    else set("sessionStorage", "open", next ? location.pathname : null);
    if (!next && asked) button.focus({ preventScroll: true });
  };
  const begin = (texts: Texts): void => {
    store = new Store(loader, texts);
    render(<Panel store={store} close={() => show(false)} />, place);
    if (isOpen) show(true, byShopper);
    void store.begin();
  };
  void textsOf(host.lang).then(begin);

  return { toggle: () => show(!isOpen), open: () => show(true) };
}

/**
 * Whether a chat that was open when the page was left opens by itself. As a sheet it covers everything: it comes back
 * when the same page is loaded anew, but whoever went to another page wants to see that one.
 */
function mayOpenAgain(): boolean {
  return !matchMedia(sheet).matches || get("sessionStorage", "open") === location.pathname;
}
