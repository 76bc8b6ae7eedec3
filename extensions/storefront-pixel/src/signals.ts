import type { PixelEvents } from "@shopify/web-pixels-extension";

/**
 * What the app is told of one step of a shopper's way. `id` is Shopify's id of the event, so that a repetition is
 * known; `at` is ISO 8601. No name, address or e-mail of the checkout is among it: what a shopper types there is for
 * the shop's order, not for this.
 */
export type Signal = { id: string; at: string } & (
  | { kind: "search"; query: string }
  | { kind: "collection"; title: string; path: string }
  | {
      kind: "checkout";
      step: CheckoutStep;
      /** Shopify's token of the checkout. */
      token: string | null;
      /** Shopify's number of the order, once there is one. */
      order: string | null;
    }
);

export type CheckoutStep = "started" | "contact" | "shipping" | "payment" | "completed";

const steps = {
  checkout_started: "started",
  checkout_contact_info_submitted: "contact",
  checkout_shipping_info_submitted: "shipping",
  payment_info_submitted: "payment",
  checkout_completed: "completed",
} as const satisfies Partial<Record<keyof PixelEvents, CheckoutStep>>;

/** The events that are told, by Shopify's names. Pages, products and carts are told by the chat's loader. */
export const told = [
  "search_submitted",
  "collection_viewed",
  ...(Object.keys(steps) as (keyof typeof steps)[]),
] as const;

type Told = PixelEvents[(typeof told)[number]];

/** The signal in an event; null when there is nothing in it to tell, such as an empty search. */
export function signalOf(event: Told): Signal | null {
  const stamp = { id: event.id, at: event.timestamp };
  switch (event.name) {
    case "search_submitted": {
      const query = event.data.searchResult.query.trim().slice(0, 200);
      return query ? { ...stamp, kind: "search", query } : null;
    }
    case "collection_viewed": {
      const { title } = event.data.collection;
      const path = event.context.document.location.pathname;
      return title ? { ...stamp, kind: "collection", title: title.slice(0, 255), path } : null;
    }
    default: {
      const { token, order } = event.data.checkout;
      const number = /(\d+)$/.exec(order?.id ?? "")?.[1] ?? null;
      return { ...stamp, kind: "checkout", step: steps[event.name], token: token || null, order: number };
    }
  }
}
