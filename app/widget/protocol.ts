import type { EventView as AnyEvent, ServerFrame as AnyFrame } from "~/realtime/frames";
import type { ShopperFile, ShopperMessage } from "~/realtime/shown-to-shopper";
import type { SessionAnswer, StateAnswer } from "~/visitors/answers";

export type { ClientFrame } from "~/realtime/frames";
export type AttachmentView = ShopperFile;
export type MessageView = ShopperMessage;
/** A fact as a shopper hears it. */
export type EventView = Omit<AnyEvent, "message"> & { message?: ShopperMessage };
export type ServerFrame =
  | Exclude<AnyFrame, { type: "events" }>
  | { type: "events"; cursor: string; events: EventView[] };
export type {
  CartAnswer,
  ConfirmAnswer,
  ConversationAnswer,
  SessionAnswer,
  StateAnswer,
  VisitorAnswer,
  WidgetSettings,
} from "~/visitors/answers";

/** What stays of a session between pages of one tab; the chat's state is read anew. */
export interface Pass {
  /** The Shopify customer whom the page was rendered for; another one makes the pass void. */
  customer: string;
  token: string;
  /** Milliseconds since 1970, by the server's clock. */
  expiresAt: number;
  origin: string;
  /** The server's clock minus this browser's, in milliseconds. */
  offset: number;
  settings: SessionAnswer["settings"];
}

/** What the loader hands to the chat, so that neither is in the page twice. */
export interface Loader {
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** A pass that is still good; `state` is there when it was made just now. */
  session(fresh?: boolean): Promise<{ pass: Pass; state: StateAnswer | null; told: boolean }>;
  /** A request to the app with the visitor token; gets a new token and asks again when it was refused. */
  call(path: string, body?: object | Blob | null, signal?: AbortSignal | null): Promise<Response>;
  /** Set by the chat: this browser is another visitor's from now on, with this state. */
  becameAnother?(state: StateAnswer): void;
  /** Whether Shopify's customer privacy API allows tracking. */
  tracking: boolean;
  /** Set by the chat: `tracking` is another now. */
  permissionChanged?(): void;
  /** Tells the cart, now and whenever it changes, if it may be told: see `mayTell` in the loader. */
  tellCart(): void;
}

/** The chat's bundle. */
export interface ChatModule {
  /** `open`: at once. `byShopper`: because they pressed the launcher, so it may take the focus. */
  start(loader: Loader, open: boolean, byShopper: boolean): Chat;
}

export interface Chat {
  toggle(): void;
  open(): void;
}
