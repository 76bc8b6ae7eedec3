import type { Chat, ChatModule, Loader } from "../protocol";
import { watchCart } from "./cart";
import { liftAboveBars } from "./lift";
import { sessions } from "./session";
import { onPermission, shopify } from "./shopify";
import { get, set } from "./storage";

/** Waits with `work` until the browser has nothing better to do. */
function whenIdle(work: () => void): void {
  const wait = (): void => {
    if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 4_000 });
    else setTimeout(work, 1_000);
  };
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait);
}

function begin(): void {
  const host = document.getElementById("throughline-chat");
  if (!host || host.dataset["on"]) return;
  host.dataset["on"] = "1";
  // A browser without declarative shadow roots leaves the template as it is.
  const template = host.querySelector("template");
  if (template) host.attachShadow({ mode: "open" }).append(template.content);
  const root = host.shadowRoot as ShadowRoot;
  const button = root.querySelector("button") as HTMLButtonElement & { pressed?: boolean };
  const { asset, customer = "", items, product } = host.dataset;
  let tellCart: (() => void) | undefined;
  let chat: Promise<Chat> | undefined;

  const page = { url: location.pathname, title: document.title, product: Number(product) || null };
  const { session, call } = sessions(
    customer,
    page,
    () => loader.tracking,
    (state) => loader.becameAnother?.(state),
  );

  /** The cart is the shopper's: told with their permission to track, or because they chose to show it on this visit. */
  const mayTell = (): boolean => loader.tracking || get("sessionStorage", "shown") !== null;

  const loader: Loader = {
    host,
    root,
    button,
    session,
    call,
    tracking: false,
    tellCart() {
      if (!mayTell()) return;
      if (tellCart) tellCart();
      else tellCart = watchCart({ session, call }, Number(items), wake, mayTell);
    },
  };

  const fetchChat = (): Promise<ChatModule> => import(/* @vite-ignore */ asset as string);
  const load = (open: boolean, byShopper: boolean): Promise<Chat> => {
    chat ??= fetchChat().then((module) => module.start(loader, open, byShopper));
    chat.catch(() => {
      chat = undefined;
    });
    return chat;
  };
  /** Loads the chat because one is on: the shopper's own, from another device too, or one that staff started. */
  const wake = (): void => {
    load(get("sessionStorage", "open") !== null, false).catch(() => {});
  };
  const signal = async (about?: typeof page): Promise<void> => {
    const response = await call("/storefront/signals", { tracking: loader.tracking, page: about });
    if (response.ok && (await response.json()).chat) wake();
  };
  const press = (): void => {
    if (chat) chat.then((ready) => ready.toggle());
    else {
      button.ariaBusy = "true";
      load(true, true)
        .catch(() => {})
        .then(() => (button.ariaBusy = null));
    }
  };
  button.onclick = press;
  for (const intent of ["pointerenter", "focus"]) {
    button.addEventListener(intent, () => void fetchChat().catch(() => {}), { once: true });
  }
  if (button.pressed) press();

  whenIdle(() => {
    liftAboveBars(host, button);
    // In the theme editor the merchant looks at the shop; nobody is shopping.
    if (shopify().designMode) return;
    if (get("localStorage", "chat")) wake();
    loader.tellCart();
    onPermission((allowed) => {
      if (allowed === loader.tracking) return;
      loader.tracking = allowed;
      if (allowed) {
        // A session made just now told the page with it; one from an earlier page did not.
        session()
          .then(({ told, state }): unknown => (told ? state?.conversation && wake() : signal(page)))
          .catch(() => {});
        loader.tellCart();
      } else {
        set("sessionStorage", "shown", null);
        signal().catch(() => {});
      }
      loader.permissionChanged?.();
    });
    // Says that the shopper is still here, and hears of a chat that staff started.
    setInterval(() => {
      if (loader.tracking && !document.hidden) signal().catch(() => {});
    }, 30_000);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
