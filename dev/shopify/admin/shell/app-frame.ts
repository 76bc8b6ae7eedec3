import { localAddress } from "./addresses";
import { ask } from "./dialog";
import { type ListPickerOptions, listPicker } from "./list-picker";
import { showNavigation } from "./menus";
import { element, type FrameData, make } from "./page";
import { type PickerOptions, resourcePicker } from "./picker";
import { mayLeave, type SaveBarState, showSaveBar } from "./save-bar";
import { drawTitleBar, type TitleBarState } from "./title-bar";
import { hideToast, region, showToast, type ToastOptions } from "./toasts";

type Door = (...args: never[]) => unknown;

/** Answers App Bridge in the app's frame and draws for it what lies outside of the frame. */
export function appFrame(data: FrameData): void {
  const frame = element<HTMLIFrameElement>("app-frame");
  const notice = (name: string, detail: unknown): void => {
    frame.contentWindow?.postMessage({ localShopify: "notice", name, detail }, data.appOrigin);
  };
  const doors = makeDoors(data, frame, notice);
  region();
  window.addEventListener("message", async (event) => {
    const message = event.data as { localShopify?: string; id: number; name: string; args: never[] };
    if (event.origin !== data.appOrigin || message?.localShopify !== "call" || !event.source) return;
    const answer = (rest: object): void =>
      (event.source as Window).postMessage({ localShopify: "answer", id: message.id, ...rest }, data.appOrigin);
    const door = Object.hasOwn(doors, message.name) ? doors[message.name] : undefined;
    if (!door) return answer({ error: `this admin does not know "${message.name}"` });
    try {
      answer({ result: await door(...message.args) });
    } catch (error) {
      answer({ error: error instanceof Error ? error.message : String(error) });
    }
  });
  // Only now that somebody listens: what the app says first would be lost otherwise.
  frame.src = frame.dataset.src ?? "";
}

function makeDoors(
  data: FrameData,
  frame: HTMLIFrameElement,
  notice: (name: string, detail: unknown) => void,
): Record<string, Door> {
  let supported = false;
  element("app-support").addEventListener("click", () => {
    if (supported) notice("support", null);
    else void ask("Support", `${data.appName} did not say where its support is.`, "Close", "Back");
  });
  return {
    idToken: async () => (await server<{ token: string }>(data, "/id-token", {})).token,
    user: () => server(data, "/user"),
    extensions: () => server(data, "/extensions"),
    scopes: () => server(data, "/scopes"),
    requestScopes: (scopes: string[]) => server(data, "/scopes/request", { scopes }),
    loading: (on: boolean) => {
      element("progress").hidden = !on;
    },
    place: (path: string) => rememberPlace(data, path),
    load: (path: string) => location.assign(data.root + path),
    navigation: (items: { label: string; path: string }[]) => drawNavigation(data, items, notice),
    titleBar: (state: TitleBarState | null) => drawTitleBar(data, state, (id) => notice("press", id)),
    saveBar: (state: SaveBarState | null) => showSaveBar(state, (what) => notice("saveBar", what)),
    confirmLeave: () => mayLeave(),
    toast: (id: string, message: string, options: ToastOptions) =>
      showToast(id, message, options, (what) => notice("toast", { id, what })),
    hideToast: (id: string) => hideToast(id),
    modal: (open: boolean) => document.body.classList.toggle("behind-modal", open),
    resourcePicker: (options: PickerOptions) => resourcePicker(options, data.bridge, data.currency),
    picker: (options: ListPickerOptions) => listPicker(options),
    supportHandled: (handled: boolean) => {
      supported = handled;
    },
    open: (href: string, target: string) => open(data, href, target, frame),
  };
}

async function server<Result>(data: FrameData, path: string, body?: object): Promise<Result> {
  const answer = await fetch(
    data.bridge + path,
    body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const read = (await answer.json()) as Result & { error?: string };
  if (!answer.ok) throw new Error(read.error ?? `the admin answered ${answer.status}`);
  return read;
}

/** The frame's own history moves with the window's, so this entry's address is replaced and none is added. */
function rememberPlace(data: FrameData, path: string): void {
  history.replaceState(null, "", data.root + (path === "/" ? "" : path));
  markCurrent(data, path);
  element("progress").hidden = true;
}

function drawNavigation(
  data: FrameData,
  items: { label: string; path: string }[],
  notice: (name: string, detail: unknown) => void,
): void {
  element("app-navigation").replaceChildren(
    ...items.map((item) => {
      const link = make("a", { href: data.root + item.path, textContent: item.label });
      link.dataset.path = item.path;
      link.addEventListener("click", async (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        if (!(await mayLeave())) return;
        showNavigation(false);
        notice("navigation", item.path);
      });
      return make("li", {}, link);
    }),
  );
  markCurrent(data, location.pathname.slice(data.root.length) || "/");
}

/** The item whose path is the longest that leads to where the merchant is. */
function markCurrent(data: FrameData, place: string): void {
  const here = place.split(/[?#]/)[0] ?? "/";
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#app-navigation a")];
  const pathOf = (link: HTMLAnchorElement): string => (link.dataset.path ?? "").split(/[?#]/)[0] ?? "";
  const best = links
    .filter((link) => here === pathOf(link) || here.startsWith(`${pathOf(link)}/`))
    .sort((a, b) => pathOf(b).length - pathOf(a).length)[0];
  for (const link of links) {
    if (link === best) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.querySelector("[data-app-root]")?.classList.toggle("parent", best !== undefined);
  document.title = `${best?.textContent ?? data.appName} · ${data.appName} · Local Shopify`;
}

async function open(data: FrameData, href: string, target: string, frame: HTMLIFrameElement): Promise<void> {
  const to = localAddress(href, data);
  if (target === "_blank") {
    window.open(to, "_blank", "noopener");
    return;
  }
  // Back into the app itself: its frame goes there, the admin stays.
  const url = new URL(to, location.href);
  if (url.origin === data.appOrigin) {
    frame.src = url.href;
    return;
  }
  if (await mayLeave()) location.assign(url);
}
