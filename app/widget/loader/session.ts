import type { Pass, SessionAnswer, StateAnswer } from "../protocol";
import { shopify } from "./shopify";
import { get, set } from "./storage";

interface Opened {
  pass: Pass;
  state: StateAnswer | null;
  /** Whether the page was told of with it. */
  told: boolean;
}

/** The page as the app is told of it. */
export interface Page {
  url: string;
  title: string;
  product: number | null;
}

/** Makes and renews this browser's pass. The key stays in the browser; the token lives for minutes. */
export function sessions(
  customer: string,
  page: Page,
  tracking: () => boolean,
  becameAnother: (state: StateAnswer) => void,
) {
  let mine: string | undefined;
  let opened: Promise<Opened> | undefined;

  const kept = (): Opened | null => {
    try {
      const pass = JSON.parse(get("sessionStorage", "pass") ?? "") as Pass;
      const good = pass.customer === customer && pass.expiresAt - pass.offset - Date.now() > 120_000;
      if (!good) return null;
      mine = pass.token;
      return { pass, state: null, told: false };
    } catch {
      return null;
    }
  };

  const mint = async (): Promise<Opened> => {
    const asked = Date.now();
    const told = tracking();
    // A path of the storefront itself, so Shopify signs who is signed in. https://shopify.dev/docs/apps/build/online-store/app-proxies
    const response = await fetch("/apps/throughline/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        key: get("localStorage", "key"),
        locale: document.documentElement.lang,
        country: shopify().country,
        tracking: told,
        page: told ? page : null,
      }),
      // Older browsers wait for as long as they always did.
      signal: AbortSignal.timeout?.(15_000),
    });
    if (!response.ok) throw response.status;
    const answer = (await response.json()) as SessionAnswer;
    // What stands before the proxy answers for the app, such as a page that asks for a password.
    if (!answer.token) throw 0;
    if (answer.key) {
      set("localStorage", "key", answer.key);
      // What another person wrote in this tab and did not send is not this one's to send, nor is the cart theirs to show.
      for (const name of ["unsent", "draft", "shown"]) set("sessionStorage", name, null);
    }
    const pass: Pass = {
      customer,
      token: answer.token,
      expiresAt: Date.parse(answer.expiresAt),
      origin: answer.origin,
      offset: Date.parse(answer.now) - (asked + Date.now()) / 2,
      settings: answer.settings,
    };
    set("sessionStorage", "pass", JSON.stringify(pass));
    // Somebody else is signed in than when this page began: what it shows is not theirs.
    if (mine && answer.key) becameAnother(answer);
    mine = pass.token;
    return { pass, state: answer, told };
  };

  /** One after another over all tabs, so that a browser's first two tabs do not become two visitors. */
  const alone = async (): Promise<Opened> => (navigator.locks ? navigator.locks.request("throughline", mint) : mint());

  const session = (fresh?: boolean): Promise<Opened> => {
    if (fresh) opened = undefined;
    opened ??= (async () => (!fresh && kept()) || alone())();
    opened.catch(() => {
      opened = undefined;
    });
    return opened.then((now) => {
      if (now.pass.expiresAt - now.pass.offset - Date.now() > 30_000) return now;
      opened = undefined;
      return session(true);
    });
  };

  const call = async (
    path: string,
    body?: object | Blob | null,
    signal: AbortSignal | null = null,
  ): Promise<Response> => {
    const ask = async (fresh: boolean): Promise<Response> => {
      const { pass } = await session(fresh);
      const headers: Record<string, string> = { Authorization: `Bearer ${pass.token}` };
      if (body && !(body instanceof Blob)) headers["Content-Type"] = "application/json";
      return fetch(pass.origin + path, {
        method: body ? "POST" : "GET",
        headers,
        body: body instanceof Blob || !body ? (body ?? null) : JSON.stringify(body),
        signal,
      });
    };
    const response = await ask(false);
    return response.status === 401 ? ask(true) : response;
  };

  return { session, call };
}
