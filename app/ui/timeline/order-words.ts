import type { EntryView } from "~/timeline/entry-view";
import { money } from "../money";
import type { EntryWords, Piece, Reader } from "./entry-words";

type OrderEntry = Extract<
  EntryView,
  {
    kind:
      | `order.${string}`
      | `fulfillment.${string}`
      | `return.${string}`
      | `refund.${string}`
      | `draft-order.${string}`;
  }
>;

/** What an entry about an order, a parcel, a return, a refund or a draft order says. */
export function orderWords(entry: OrderEntry, who: Piece | null, reader: Reader): EntryWords {
  const sum = (of: { total: number; currency: string }) => money(of.total, of.currency, reader.locale);
  switch (entry.kind) {
    case "order.placed":
      return {
        sentence: ["Placed order ", { name: entry.data.name }, ` for ${sum(entry.data)}`],
        detail: [
          `${items(entry.data.itemCount)}${entry.data.titles.length > 0 ? ": " : ""}`,
          { name: entry.data.titles.join(", ") },
        ],
        ...orderLink(entry.ref),
      };
    case "order.cancelled":
      return {
        sentence: ["Order ", { name: entry.data.name }, " was cancelled"],
        ...(entry.data.reason ? { detail: [plain(entry.data.reason)] } : {}),
        ...orderLink(entry.ref),
      };
    case "order.payment":
      return {
        sentence: [...payments[entry.data.step](sum(entry.data)), { name: entry.data.name }],
        ...(entry.data.gateway ? { detail: [{ name: plain(entry.data.gateway) }] } : {}),
        ...orderLink(entry.data.orderId),
      };
    case "fulfillment.created":
      return {
        sentence: [
          entry.data.cancelled
            ? "The shipment was cancelled of order "
            : `${items(entry.data.itemCount)} sent of order `,
          { name: entry.data.name },
        ],
        ...(entry.data.carrier ? { detail: [{ name: entry.data.carrier }] } : {}),
        ...orderLink(entry.data.orderId),
      };
    case "fulfillment.step":
      return {
        sentence: [`${steps[entry.data.status] ?? plain(entry.data.status)}: order `, { name: entry.data.name }],
        ...orderLink(entry.data.orderId),
      };
    case "fulfillment.delivered":
      return { sentence: ["Order ", { name: entry.data.name }, " was delivered"], ...orderLink(entry.data.orderId) };
    case "return.opened":
      return {
        sentence: [
          entry.data.requested ? "Asked to return " : "Return of ",
          `${items(entry.data.itemCount)} of order `,
          { name: entry.data.name },
        ],
        detail: [{ name: entry.data.returnName }],
        ...orderLink(entry.data.orderId),
      };
    case "return.closed":
      return {
        sentence: ["Return ", { name: entry.data.returnName }, ` was ${entry.data.how}`],
        ...orderLink(entry.data.orderId),
      };
    case "refund.made":
      return {
        sentence: [`${sum(entry.data)} refunded for order `, { name: entry.data.name }],
        ...orderLink(entry.data.orderId),
      };
    case "draft-order.created":
      return {
        sentence: [...by(who, "created"), { name: entry.data.name }, ` for ${sum(entry.data)}`],
        ...draft(entry.ref),
      };
    case "draft-order.updated":
      return {
        sentence: [...by(who, "changed"), { name: entry.data.name }, ` to ${sum(entry.data)}`],
        ...draft(entry.ref),
      };
    case "draft-order.invoice-sent":
      return {
        sentence: [
          who ?? "Shopify",
          " sent the invoice of ",
          { name: entry.data.name },
          entry.data.by === "conversation" ? " into the conversation" : " by e-mail",
        ],
        ...draft(entry.ref),
      };
    case "draft-order.paid":
      return {
        sentence: ["Paid draft order ", { name: entry.data.name }, " as order ", { name: entry.data.orderName }],
        ...orderLink(entry.data.orderId),
      };
    case "draft-order.voided":
      return {
        sentence: [
          "Draft order ",
          { name: entry.data.name },
          entry.data.because === "cart-paid" ? " is void: the cart was paid instead" : " was deleted in Shopify",
        ],
        ...draft(entry.ref),
      };
  }
}

const payments: Record<Extract<OrderEntry, { kind: "order.payment" }>["data"]["step"], (sum: string) => Piece[]> = {
  authorized: (sum) => [`Authorised ${sum} for order `],
  pending: (sum) => [`Payment of ${sum} is pending for order `],
  paid: (sum) => [`Paid ${sum} for order `],
  voided: (sum) => [`Payment of ${sum} was voided for order `],
  failed: (sum) => [`Payment of ${sum} failed for order `],
};

/** Shopify's FulfillmentEventStatus: https://shopify.dev/docs/api/admin-graphql/latest/enums/FulfillmentEventStatus */
const steps: Record<string, string> = {
  attempted_delivery: "Delivery was tried",
  carrier_picked_up: "Picked up by the carrier",
  confirmed: "Shipment confirmed",
  delayed: "Delayed",
  delivered: "Delivered",
  failure: "Delivery failed",
  in_transit: "On its way",
  label_printed: "Label printed",
  label_purchased: "Label bought",
  out_for_delivery: "Out for delivery",
  picked_up: "Picked up by the customer",
  ready_for_pickup: "Ready for pickup",
};

function by(who: Piece | null, verb: string): Piece[] {
  return who ? [who, ` ${verb} draft order `] : [`Draft order ${verb}: `];
}

/** The order in Shopify's own admin; `words` where the sentence has no name to put it on. */
export function orderLink(gid: string | null, words?: string): Pick<EntryWords, "link"> {
  const number = /^gid:\/\/shopify\/Order\/(\d+)$/.exec(gid ?? "")?.[1];
  if (!number) return {};
  return { link: { url: `shopify://admin/orders/${number}`, target: "_top", ...(words ? { words } : {}) } };
}

/** One of ours has its page here, any other in Shopify's admin. */
function draft(ref: string | null): Pick<EntryWords, "link"> {
  if (!ref) return {};
  const number = /^gid:\/\/shopify\/DraftOrder\/(\d+)$/.exec(ref)?.[1];
  const url = number ? `shopify://admin/draft_orders/${number}` : `/draft-orders/${ref}`;
  return { link: { url, ...(number ? { target: "_top" } : {}) } };
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

/** A word of Shopify's as people write it: "CUSTOMER_CHANGED" is "Customer changed". */
function plain(word: string): string {
  const words = word.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
