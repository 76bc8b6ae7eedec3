import { type Messages, makeI18n } from "./i18n";
import { call } from "./port";

/** What the server put into the frame's document. */
export interface ExtensionData {
  target: string;
  name: string;
  selected: { id: string }[];
  appOrigin: string;
  locale: string;
  staffLocale: string;
  messages: Messages;
}

/**
 * The `shopify` global of a block or an action
 * (https://shopify.dev/docs/api/admin-extensions/2026-07). What this admin does not have fails with its name.
 */
export function makeShopify(data: ExtensionData) {
  const missing = (name: string) => async (): Promise<never> => {
    throw new Error(`the local admin has no ${name} for extensions`);
  };
  return {
    extension: { target: data.target },
    data: { selected: data.selected },
    auth: { idToken: () => call<string>("idToken") },
    i18n: makeI18n(data),
    query: (query: string, options: { variables?: unknown } = {}) => call("query", query, options.variables ?? {}),
    navigation: { navigate: (url: string | URL) => void call("navigate", String(url)) },
    close: () => void call("close"),
    toast: { show: (message: string, options: object = {}) => void call("toast", message, options) },
    intents: { invoke: missing("intents") },
    picker: missing("picker"),
    resourcePicker: missing("resource picker"),
    storage: storage(),
  };
}

function storage() {
  type All = Record<string, unknown>;
  const read = () => call<All>("readStorage");
  const change = async (work: (all: All) => void): Promise<void> => {
    const all = await read();
    work(all);
    await call("writeStorage", all);
  };
  return {
    get: async (key: string) => (await read())[key],
    getMany: async (keys: string[]) => {
      const all = await read();
      return keys.map((key) => all[key]);
    },
    set: (key: string, value: unknown) =>
      change((all) => {
        all[key] = value;
      }),
    setMany: (entries: All) => change((all) => void Object.assign(all, entries)),
    delete: async (key: string) => {
      const had = Object.hasOwn(await read(), key);
      await change((all) => delete all[key]);
      return had;
    },
    clear: () => call<void>("writeStorage", {}),
    entries: async () => Object.entries(await read())[Symbol.iterator](),
  };
}

/**
 * `fetch` of an extension: a relative address is the app's, and requests to the app carry the ID token
 * (https://shopify.dev/docs/api/admin-extensions/2026-07#app-authentication).
 */
export function patchFetch(appOrigin: string): void {
  const plain = window.fetch.bind(window);
  window.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const address = input instanceof Request ? input.url : String(input);
    const url = new URL(address, `${appOrigin}/`);
    const request = input instanceof Request ? new Request(input, init) : new Request(url, init);
    if (url.origin !== appOrigin || request.headers.has("Authorization")) return plain(request);
    const headers = new Headers(request.headers);
    headers.set("Authorization", `Bearer ${await call<string>("idToken")}`);
    return plain(new Request(request, { headers }));
  };
}
