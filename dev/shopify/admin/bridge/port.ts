/** What App Bridge and the admin's page say to each other, in both directions. */
export interface Call {
  localShopify: "call";
  id: number;
  name: string;
  args: unknown[];
}

export interface Answer {
  localShopify: "answer";
  id: number;
  result?: unknown;
  error?: string;
}

export interface Notice {
  localShopify: "notice";
  name: string;
  detail: unknown;
}

/** Set on the frame by the admin; there before any script runs and kept through navigations. */
export interface FrameName {
  frame: string;
  apiKey: string;
  shop: string;
  host: string;
  locale: string;
  /** The app's place in the admin, `/store/<handle>/apps/<app>`. */
  root: string;
}

const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
const listeners = new Map<string, Set<(detail: unknown) => void>>();
let last = 0;

/** The admin's origin is where this script came from; nobody else is listened to. */
const script = document.currentScript;
export const adminOrigin = new URL(script instanceof HTMLScriptElement ? script.src : location.href).origin;
export const apiKeyOfScript = script instanceof HTMLScriptElement ? (script.dataset.apiKey ?? null) : null;
export const embedded = window.parent !== window;
/** A page of the app inside one of its own dialogs: the admin is the window at the top, not the parent. */
export const nested = embedded && window.parent !== window.top;
const admin = window.top ?? window;

/** What the admin wrote on the frame; null outside of it. */
export function readFrameName(): FrameName | null {
  try {
    const read = JSON.parse(window.name) as FrameName;
    return read.frame === adminOrigin ? read : null;
  } catch {
    return null;
  }
}

/** Asks the admin's page for something; rejects with its reason. */
export function call<Result = void>(name: string, ...args: unknown[]): Promise<Result> {
  if (!embedded) return Promise.reject(new Error("App Bridge works only inside the Shopify admin"));
  const id = ++last;
  return new Promise<Result>((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
    const message: Call = { localShopify: "call", id, name, args };
    admin.postMessage(message, adminOrigin);
  });
}

/** Hears what the admin's page tells without being asked; returns how to stop. */
export function onNotice(name: string, heard: (detail: unknown) => void): () => void {
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all.add(heard));
  return () => all.delete(heard);
}

window.addEventListener("message", (event: MessageEvent<Answer | Notice>) => {
  if (event.origin !== adminOrigin || event.source !== admin) return;
  const message = event.data;
  if (message?.localShopify === "answer") {
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) asker?.resolve(message.result);
    else asker?.reject(new Error(message.error));
  } else if (message?.localShopify === "notice") {
    for (const heard of listeners.get(message.name) ?? []) heard(message.detail);
  }
});
