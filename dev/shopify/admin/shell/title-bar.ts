import { element, type FrameData, make } from "./page";

interface Action {
  id: string;
  label: string;
  primary: boolean;
  critical: boolean;
  disabled: boolean;
  loading: boolean;
  back: boolean;
  group: string | null;
}

export interface TitleBarState {
  title: string;
  actions: Action[];
}

/** Draws the app's title and buttons in the admin's bar above the frame. */
export function drawTitleBar(data: FrameData, state: TitleBarState | null, press: (id: string) => void): void {
  const title = state?.title && state.title !== data.appName ? state.title : "";
  element("app-title").textContent = title;
  if (title) document.title = `${title} · ${data.appName} · Local Shopify`;
  const actions = state?.actions ?? [];
  const groups = [...new Set(actions.map((each) => each.group).filter((each) => each !== null))];
  element("app-actions").replaceChildren(
    ...actions.filter((each) => each.back).map((each) => button(each, press)),
    ...groups.map((group) =>
      menu(
        group,
        actions.filter((each) => each.group === group),
        press,
      ),
    ),
    ...actions.filter((each) => !each.back && each.group === null && !each.primary).map((each) => button(each, press)),
    ...actions.filter((each) => each.primary).map((each) => button(each, press)),
  );
}

function button(action: Action, press: (id: string) => void): HTMLButtonElement {
  const made = make("button", {
    type: "button",
    className: ["button", action.primary && "primary", action.critical && "critical"].filter(Boolean).join(" "),
    textContent: action.back ? `‹ ${action.label}` : action.label,
    disabled: action.disabled || action.loading,
    onclick: () => press(action.id),
  });
  if (action.loading) made.setAttribute("aria-busy", "true");
  return made;
}

function menu(label: string, actions: Action[], press: (id: string) => void): HTMLElement {
  const details = make(
    "details",
    { className: "switcher" },
    make("summary", { className: "button", textContent: label }),
    make("div", { className: "menu" }, ...actions.map((each) => button(each, press))),
  );
  details.addEventListener("click", (event) => {
    if ((event.target as Element).closest("button")) details.open = false;
  });
  return details;
}
