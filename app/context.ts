import type { Database } from "./db.server";
import type { Clock } from "./platform/clock";
import type { Signals } from "./realtime/signals";

/** Who acts. Verbs check it; events keep it. `id` is our own id of that kind of actor. */
export type Actor =
  | { kind: "staff"; id: string; name: string; shopifyUserId: string }
  /**
   * `customerId` is set only while it is proven who this is (signed in, or an e-mailed code): it opens that customer's
   * chats, and those of `alsoProven`, the other leaves that the shopper has proven to be the same person.
   */
  | { kind: "shopper"; visitorId: string; customerId: string | null; alsoProven?: readonly string[] }
  | { kind: "shopify" }
  | { kind: "app" };

export type StaffActor = Extract<Actor, { kind: "staff" }>;
export type ShopperActor = Extract<Actor, { kind: "shopper" }>;

/** What the verbs need to know of the shop. `id` is ours, `domain` is the myshopify one. */
export interface ShopOfContext {
  id: string;
  domain: string;
  name: string;
  currency: string;
}

/** First argument of every verb, so that nothing is without a shop, an actor and a clock. */
export interface Context<As extends Actor = Actor> {
  shop: ShopOfContext;
  actor: As;
  db: Database;
  clock: Clock;
  /** Tells listeners that the log grew, or carries a signal such as "is typing". */
  signals: Signals;
}

/** What a job or a webhook has before it knows its shop. */
export interface AppContext {
  db: Database;
  clock: Clock;
  signals: Signals;
}
