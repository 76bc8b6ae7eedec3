import type { ShopperMessage } from "~/realtime/shown-to-shopper";

/** What a shopper's page is told of its chat. */
export interface ConversationAnswer {
  id: string;
  status: "open" | "closed";
  /** The last place taken in it; messages stand at places up to here, with gaps. */
  position: number;
  /** Up to where this shopper has seen it, and up to where anybody of the shop has. */
  shopperSeen: number;
  staffSeen: number;
  /** In their order; the newest ones, or those asked for. */
  messages: ShopperMessage[];
  /** Whether there are older ones than the first of `messages`. */
  older: boolean;
  /** How the shopper found it, one to five; null when they have not said. */
  rating: number | null;
}

export interface VisitorAnswer {
  /** What they said, or what Shopify has while they are signed in; never what staff found out about them. */
  name: string | null;
  /** Whether an answer could go by e-mail; the address itself is not told. */
  hasEmail: boolean;
  signedIn: boolean;
  /** Whether this browser is proven to be theirs with an e-mailed code. */
  confirmed: boolean;
  /** Whether to offer such a code (`routes/storefront.verify.ts`): mail is set up, and nobody is proven yet. */
  canConfirm: boolean;
  /** Whether the consent line has been agreed to by sending a message. */
  consented: boolean;
}

/** What a merchant sets in the app and the widget shows; empty texts leave the widget's own words. */
export interface WidgetSettings {
  displayName: string;
  privacyUrl: string | null;
  awayMessage: string;
  hoursText: string;
}

/** The chat's state at `cursor`: everything later comes over the socket. */
export interface StateAnswer {
  conversation: ConversationAnswer | null;
  someoneThere: boolean;
  cursor: string;
  visitor: VisitorAnswer;
}

/** The state after an address was proven. */
export interface ConfirmAnswer extends StateAnswer {
  /**
   * The browser's new key to keep when it had been somebody else's: they are another visitor from now on, and every
   * earlier token is void. Null while the visitor goes on.
   */
  key: string | null;
}

export interface SessionAnswer extends StateAnswer {
  /** The browser's new key to keep, when it got one; null while the key it showed goes on. */
  key: string | null;
  token: string;
  /** ISO 8601; when the token ends. */
  expiresAt: string;
  /** ISO 8601; the server's time, so that a browser with a wrong clock can tell the right one. */
  now: string;
  /** Where the app is: requests with the token and the socket go there. */
  origin: string;
  settings: WidgetSettings;
}

export interface CartAnswer {
  /** Our id of the cart, to be written once into its attribute `attribute`. Null when there is no cart. */
  cartId: string | null;
  attribute: string;
  /** Quantities by line key to set with cart/update.js because a draft order has paid for them; null when none. */
  updates: Record<string, number> | null;
}
