import { ask } from "./dialog";
import { make } from "./page";

interface Button {
  label: string;
  disabled: boolean;
  loading: boolean;
}

export interface SaveBarState {
  save: Button | null;
  discard: Button | null;
  confirm: boolean;
}

let bar: HTMLElement | null = null;

/** Shows Save and Discard over the top bar while the app has unsaved changes; null takes them away. */
export function showSaveBar(state: SaveBarState | null, press: (what: "save" | "discard") => void): void {
  bar?.remove();
  bar = null;
  if (!state) return;
  const discard = async (): Promise<void> => {
    if (
      state.confirm &&
      !(await ask("Discard all unsaved changes", "What you changed will be lost.", "Discard changes", "Keep editing"))
    )
      return;
    press("discard");
  };
  bar = make(
    "div",
    { className: "save-bar", role: "region", ariaLabel: "Unsaved changes" },
    make("strong", {}, "Unsaved changes"),
    button(state.discard, "Discard", () => void discard(), false),
    button(state.save, "Save", () => press("save"), true),
  );
  document.body.prepend(bar);
}

function button(state: Button | null, label: string, onclick: () => void, primary: boolean): HTMLButtonElement {
  const made = make("button", {
    type: "button",
    className: primary ? "button primary" : "button",
    textContent: label,
    disabled: state?.disabled || state?.loading || false,
    onclick,
  });
  if (state?.loading) made.setAttribute("aria-busy", "true");
  return made;
}

/** True when there is nothing unsaved, or the merchant agrees to lose it. */
export async function mayLeave(): Promise<boolean> {
  if (!bar) return true;
  bar.classList.add("nudge");
  setTimeout(() => bar?.classList.remove("nudge"), 600);
  return ask(
    "Leave page with unsaved changes?",
    "Leaving this page will delete all unsaved changes.",
    "Leave page",
    "Stay",
  );
}

/** Guards the admin's own links and the closing of the window. */
export function guardLeaving(): void {
  let agreed = false;
  document.addEventListener("click", async (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!bar || agreed || !link || link.target === "_blank" || event.defaultPrevented) return;
    event.preventDefault();
    if (!(await mayLeave())) return;
    agreed = true;
    bar = null;
    location.assign(link.href);
  });
  window.addEventListener("beforeunload", (event) => {
    if (bar && !agreed) event.preventDefault();
  });
}
