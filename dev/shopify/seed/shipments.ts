import type { FulfillmentRecord, LineRecord } from "../records";
import type { ShopStore } from "../store";
import type { OrderLife } from "./order-lives";
import type { Random } from "./random";

export interface Carrier {
  company: string;
  /** The tracking page, with `{number}` in it. */
  url: string;
  number: (random: Random) => string;
}

/** As Shopify knows the carriers; their pages are only linked to, never asked. */
export const CARRIERS: Readonly<Record<"DK" | "US", readonly Carrier[]>> = {
  DK: [
    {
      company: "PostNord",
      url: "https://tracking.postnord.com/en/tracking?id={number}",
      number: (random) => `00370730${random.digits(12)}`,
    },
    { company: "GLS", url: "https://gls-group.com/track/{number}", number: (random) => random.digits(11) },
    {
      company: "DHL Express",
      url: "https://www.dhl.com/dk-en/home/tracking.html?tracking-id={number}",
      number: (random) => random.digits(10),
    },
  ],
  US: [
    {
      company: "UPS",
      url: "https://www.ups.com/track?tracknum={number}",
      number: (random) => `1Z${random.hex(6).toUpperCase()}${random.digits(10)}`,
    },
    {
      company: "USPS",
      url: "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
      number: (random) => `9400${random.digits(18)}`,
    },
  ],
};

const HOUR = 3_600_000;

/**
 * What was sent of an order's lines, counted in each line's `fulfilledQuantity`. Big orders go in two
 * parcels now and then; a life that is `partly` leaves at least one unit on the shelf.
 */
export function shipmentsOf(
  shop: ShopStore,
  order: { name: string; lines: LineRecord[]; placedAt: Date },
  life: OrderLife,
  carriers: readonly Carrier[],
  random: Random,
  now: Date,
): FulfillmentRecord[] {
  if (!life.parcel) return [];
  const groups = life.partly
    ? [part(order.lines)]
    : order.lines.length > 2 && random.chance(0.3)
      ? [order.lines.slice(0, 1), order.lines.slice(1)].map(whole)
      : [whole(order.lines)];
  return groups.map((lines, index) => {
    for (const { lineId, quantity } of lines) {
      const line = order.lines.find((each) => each.id === lineId);
      if (line) line.fulfilledQuantity = (line.fulfilledQuantity ?? 0) + quantity;
    }
    const sent = between(order.placedAt, random.int(3, 30) + index * 5, now);
    const arrived = life.parcel === "DELIVERED" ? between(sent, random.int(20, 110), now) : null;
    const carrier = life.digital ? null : random.pick(carriers);
    const number = carrier?.number(random) ?? null;
    return {
      id: shop.newId("fulfillment"),
      name: `${order.name}-F${index + 1}`,
      status: "SUCCESS",
      displayStatus: life.parcel ?? "FULFILLED",
      trackingCompany: carrier?.company ?? null,
      trackingNumber: number,
      trackingUrl: carrier && number ? carrier.url.replace("{number}", number) : null,
      lines,
      createdAt: sent.toISOString(),
      updatedAt: (arrived ?? between(sent, 5, now)).toISOString(),
      estimatedDeliveryAt: life.digital ? null : new Date(sent.getTime() + 72 * HOUR).toISOString(),
      deliveredAt: arrived?.toISOString() ?? null,
    };
  });
}

function whole(lines: readonly LineRecord[]): FulfillmentRecord["lines"] {
  return lines.map((line) => ({ lineId: line.id, quantity: line.quantity }));
}

function part(lines: readonly LineRecord[]): FulfillmentRecord["lines"] {
  const [first] = lines;
  if (!first) return [];
  if (lines.length > 1) return whole([first]);
  return [{ lineId: first.id, quantity: Math.max(1, first.quantity - 1) }];
}

/** `hours` after `from`, but never later than now. */
function between(from: Date, hours: number, now: Date): Date {
  return new Date(Math.min(from.getTime() + hours * HOUR, Math.max(from.getTime(), now.getTime() - 60_000)));
}
