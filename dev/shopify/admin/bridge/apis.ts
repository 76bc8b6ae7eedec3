import { idToken } from "./identity";
import { modalApi } from "./modal";
import { adminOrigin, call, embedded, onNotice } from "./port";
import { saveBarApi } from "./save-bar";
import { webVitalsApi } from "./web-vitals";

type Toast = { onAction?: () => void; onDismiss?: () => void };

const toasts = new Map<string, Toast>();
let lastToast = 0;
let support: (() => void | Promise<void>) | null = null;
const tools = new Map<string, (input: Record<string, unknown>) => unknown>();

/** Everything behind `window.shopify` beside its configuration. */
export function makeApis() {
  onNotice("toast", (detail) => {
    const { id, what } = detail as { id: string; what: "action" | "dismiss" | "gone" };
    const toast = toasts.get(id);
    if (what === "action") toast?.onAction?.();
    if (what === "dismiss") toast?.onDismiss?.();
    toasts.delete(id);
  });
  onNotice("support", () => support?.());

  return {
    origin: adminOrigin,
    environment: { embedded, mobile: false, pos: false, intent: false },
    idToken: () => idToken(true),
    user: () => call("user"),
    loading: (isLoading = true) => void call("loading", isLoading),
    toast: {
      show(message: string, options: Toast & { duration?: number; isError?: boolean; action?: string } = {}): string {
        const id = String(++lastToast);
        const { onAction, onDismiss, ...plain } = options;
        toasts.set(id, { onAction, onDismiss });
        call("toast", id, message, plain).catch(() => {});
        return id;
      },
      hide: (id: string) => void call("hideToast", id),
    },
    resourcePicker: (options: object) => pick("resourcePicker", options),
    // The dialog is open when the outer promise resolves; its result may take as long as the merchant does.
    picker: async (options: object) => ({ selected: call<string[] | undefined>("picker", options) }),
    modal: modalApi,
    saveBar: saveBarApi,
    webVitals: webVitalsApi,
    scopes: {
      query: () => call("scopes"),
      request: (scopes: string[]) => call("requestScopes", scopes),
      revoke: (scopes: string[]) => refuse(`scopes.revoke(${scopes.join(", ")}): the app declares no optional scopes`),
    },
    app: { extensions: () => call("extensions") },
    support: {
      registerHandler: async (heard: typeof support) => {
        support = heard;
        await call("supportHandled", heard !== null);
      },
    },
    reviews: {
      request: async () => ({
        success: false,
        code: "merchant-ineligible",
        message: "The local Shopify has no app store to review in",
      }),
    },
    intents: {
      request: { value: null, subscribe: () => () => {} },
      register: () => () => {},
      invoke: () => refuse("intents.invoke"),
    },
    tools: {
      register(name: string, handler: (input: Record<string, unknown>) => unknown) {
        tools.set(name, handler);
        return () => void tools.delete(name);
      },
      unregister: (name: string) => void tools.delete(name),
      clear: () => tools.clear(),
    },
    shopifyQL: { available: async () => false },
    scanner: { capture: () => refuse("scanner.capture") },
    pos: {
      close: () => refuse("pos.close"),
      device: () => refuse("pos.device"),
      location: () => refuse("pos.location"),
      cart: new Proxy({}, { get: (_, name) => () => refuse(`pos.cart.${String(name)}`) }),
    },
    setSignals: () => {},
  };
}

/** The selection as an array that also carries itself as `selection`, which older apps read. */
async function pick(name: string, options: object): Promise<unknown> {
  const selection = await call<object[] | undefined>(name, options);
  return selection && Object.assign(selection, { selection });
}

function refuse(what: string): Promise<never> {
  return Promise.reject(new Error(`shopify.${what} is not in this stand-in`));
}
