import { localAddress } from "./addresses";
import { make } from "./page";
import { showToast, type ToastOptions } from "./toasts";

interface Call {
  localExtension: "call";
  id: number;
  name: string;
  args: unknown[];
}

type Door = (...args: never[]) => unknown;

/** Runs the app's UI extensions on this page: blocks in their place, actions over it when they are chosen. */
export function extensions(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>("iframe[data-extension]")) run(frame);
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-extension-action]")) {
    button.addEventListener("click", () => {
      button.closest("details")?.removeAttribute("open");
      openAction(button);
    });
  }
}

function openAction(button: HTMLButtonElement): void {
  const frame = make("iframe", { className: "extension-frame", title: button.dataset.name ?? "" });
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  frame.dataset.extension = button.dataset.extensionAction;
  const dialog = make("dialog", { className: "dialog extension-dialog" }, frame);
  dialog.setAttribute("aria-label", button.dataset.name ?? "");
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  run(frame, () => dialog.close());
}

/** Answers the extension in the frame. Its origin is opaque, so it is known by its window. */
function run(frame: HTMLIFrameElement, close?: () => void): void {
  const address = frame.dataset.extension ?? "";
  const path = address.split("?")[0] ?? "";
  const base = path.split("/").slice(0, 3).join("/");
  const doors: Record<string, Door> = {
    idToken: async () => (await post<{ token: string }>(`${base}/bridge/id-token`, {})).token,
    query: (query: string, variables: unknown) => post(`${path}/query`, { query, variables }),
    navigate: (href: string) => navigate(href, base),
    resize: (height: number) => {
      frame.style.height = `${Math.ceil(height)}px`;
    },
    close: () => close?.(),
    toast: (message: string, options: ToastOptions) => showToast(crypto.randomUUID(), message, options, () => {}),
    readStorage: () => JSON.parse(localStorage.getItem(`extension:${path}`) ?? "{}") as unknown,
    writeStorage: (all: unknown) => localStorage.setItem(`extension:${path}`, JSON.stringify(all)),
  };
  const listen = async (event: MessageEvent): Promise<void> => {
    if (!frame.isConnected) return window.removeEventListener("message", listen);
    const message = event.data as Partial<Call> | null;
    if (event.source !== frame.contentWindow || message?.localExtension !== "call") return;
    const answer = (rest: object): void =>
      frame.contentWindow?.postMessage({ localExtension: "answer", id: message.id, ...rest }, "*");
    const door = message.name && Object.hasOwn(doors, message.name) ? doors[message.name] : undefined;
    if (!door) return answer({ error: `this admin does not know "${message.name}"` });
    try {
      answer({ result: await door(...((message.args ?? []) as never[])) });
    } catch (error) {
      answer({ error: error instanceof Error ? error.message : String(error) });
    }
  };
  window.addEventListener("message", listen);
  frame.src = address;
}

/** `app:path` is the app, `shopify://admin/path` the admin, anything else another page. */
function navigate(href: string, base: string): void {
  const inApp = /^app:\/*(.*)$/.exec(href);
  const app = document.querySelector<HTMLAnchorElement>("[data-app-root]")?.getAttribute("href");
  if (inApp) location.assign(`${app}/${inApp[1]}`);
  else if (/^shopify:/.test(href)) location.assign(localAddress(href, { base, handles: {}, storefronts: {} }));
  else if (/^https?:/.test(href)) window.open(href, "_blank", "noopener");
  else throw new Error(`an extension cannot lead to ${href}`);
}

async function post<Result>(path: string, body: object): Promise<Result> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const read = (await answer.json()) as Result & { error?: string };
  if (!answer.ok) throw new Error(read.error ?? `the admin answered ${answer.status}`);
  return read;
}
