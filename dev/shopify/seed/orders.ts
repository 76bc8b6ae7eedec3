import { lineOf } from "../commerce/lines";
import { totalsOf } from "../commerce/prices";
import { taxOf } from "../commerce/tax";
import type { AddressRecord, CustomerRecord, OrderRecord } from "../records";
import type { ShopStore } from "../store";
import { withAftermath } from "./aftermath";
import { poolFor } from "./customers";
import { completedDraftOf } from "./drafts";
import { drawLines, type Shelf, shelfOf } from "./order-lines";
import { ORDER_LIVES, type OrderLife } from "./order-lives";
import { codesOf, ORDER_ATTRIBUTES, ORDER_NOTES, STAFF_DISCOUNTS, shippingFor } from "./order-terms";
import { addressOf, drawPerson } from "./people/person";
import { Random } from "./random";
import { CARRIERS, type Carrier, shipmentsOf } from "./shipments";

const DAY = 86_400_000;

/** Lives whose first order belongs to the shop's first customer, so that she always has a parcel to ask about. */
const TOLD_IN_SCENES = ["in transit", "delivered", "partly refunded"];

interface Buyer {
  customer: Readonly<CustomerRecord> | null;
  email: string | null;
  phone: string | null;
  address: AddressRecord;
}

/** `count` orders of the past, oldest first, with every life at least once (as far as `count` reaches). */
export function seedOrders(
  shop: ShopStore,
  input: { count: number; home: "DK" | "US"; taken: Set<string> },
  random: Random,
  now: Date,
): void {
  const shelf = shelfOf(shop);
  const lives = Array.from(
    { length: input.count },
    (_, index) => ORDER_LIVES[index] ?? random.weighted(ORDER_LIVES.map((life) => [life.weight, life] as const)),
  );
  const plans = lives
    .map((life, index) => ({
      life,
      placedAt: new Date(now.getTime() - ageOf(life, random)),
      first: index < ORDER_LIVES.length,
    }))
    .sort((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
  const customers = shop.all("customer");
  for (const { life, placedAt, first } of plans) {
    const [shopper] = first && TOLD_IN_SCENES.includes(life.name) ? customers : [];
    const buyer = (shopper && accountOf(shopper)) ?? buyerOf(shop, customers, placedAt, input, random);
    placePast(shop, { life, placedAt, buyer, shelf, carriers: CARRIERS[input.home], home: input.home }, random, now);
  }
}

function placePast(
  shop: ShopStore,
  plan: {
    life: OrderLife;
    placedAt: Date;
    buyer: Buyer;
    shelf: Shelf;
    carriers: readonly Carrier[];
    home: "DK" | "US";
  },
  random: Random,
  now: Date,
): void {
  const { life, placedAt, buyer } = plan;
  const digital = life.digital && plan.shelf.giftCards.length > 0;
  const lines = digital
    ? [lineOf(shop, random.pick(plan.shelf.giftCards), 1)]
    : drawLines(shop, plan.shelf, random, life.partly ? 2 : 1);
  for (const line of lines) line.fulfilledQuantity = 0;
  const fromDraft = !digital && random.chance(buyer.customer?.tags.includes("wholesale") ? 0.8 : 0.06);
  const number = shop.next("orderNumber", 1001);
  const name = `#${number}`;
  const terms = {
    lines,
    orderDiscount: fromDraft && random.chance(0.5) ? random.pick(STAFF_DISCOUNTS) : null,
    shippingLine: digital ? null : shippingFor(plan.home, lines, random),
    discountCodes: fromDraft ? [] : codesOf(random),
  };
  const taxExempt = buyer.customer?.taxExempt ?? false;
  const totals = totalsOf({ ...terms, taxRate: taxOf(shop.settings()).rate, taxExempt });
  const cancelledAt = life.cancelled ? later(placedAt, random.int(1, 40), now) : null;
  const fulfillments = shipmentsOf(shop, { name, lines, placedAt }, life, plan.carriers, random, now);
  const settled = fulfillments.at(-1)?.deliveredAt ?? (digital ? placedAt.toISOString() : null);
  const refunded = life.refund
    ? life.refund[0] === 1
      ? totals.total
      : Math.max(1, Math.round(totals.total * (life.refund[0] + random.next() * (life.refund[1] - life.refund[0]))))
    : 0;
  // Shopify archives an order by itself once it is paid and sent; merchants leave the young ones open to look at.
  const old = settled !== null && now.getTime() - Date.parse(settled) > 10 * DAY;
  const closedAt = cancelledAt?.toISOString() ?? (old ? later(new Date(settled), 48, now).toISOString() : null);
  const last = [closedAt, ...fulfillments.map((each) => each.updatedAt), placedAt.toISOString()]
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  const at = placedAt.toISOString();
  const order: OrderRecord = {
    id: shop.newId("order"),
    name,
    number,
    customerId: buyer.customer?.id ?? null,
    email: buyer.email,
    phone: buyer.phone,
    currency: shop.settings().currency,
    ...terms,
    totals,
    refunded,
    financialStatus: life.financial,
    fulfillmentStatus: life.fulfillment,
    fulfillments,
    shippingAddress: digital ? null : buyer.address,
    billingAddress: buyer.address,
    note: random.chance(0.09) ? random.pick(ORDER_NOTES) : null,
    tags: [
      ...(life.name === "on hold" ? ["check-address"] : []),
      ...(random.chance(0.05) ? ["gift"] : []),
      ...(buyer.customer?.tags.includes("wholesale") ? ["b2b"] : []),
    ],
    attributes: random.chance(0.08) ? [random.pick(ORDER_ATTRIBUTES)] : [],
    sourceName: fromDraft ? "shopify_draft_order" : "web",
    cartToken: fromDraft ? null : `hWN${random.hex(16)}`,
    checkoutToken: fromDraft ? null : random.hex(32),
    draftOrderId: null,
    statusToken: random.hex(32),
    metafields: [],
    createdAt: at,
    updatedAt: last ?? at,
    processedAt: at,
    cancelledAt: cancelledAt?.toISOString() ?? null,
    cancelReason: life.cancelled ? random.pick(life.cancelled) : null,
    closedAt,
  };
  if (fromDraft) order.draftOrderId = completedDraftOf(shop, order, taxExempt, random).id;
  // Draws of its own, so that what became of orders leaves all other draws as they were.
  const after = withAftermath(shop, order, new Random(`${shop.domain}/after/${name}`), now);
  shop.put("order", order.id, after);
}

/** A tenth buy as guests; of the others some come again and again, and nobody before they joined. */
function buyerOf(
  shop: ShopStore,
  customers: readonly Readonly<CustomerRecord>[],
  placedAt: Date,
  input: { home: string; taken: Set<string> },
  random: Random,
): Buyer {
  const known = customers.filter(
    (each) => each.addresses.length > 0 && Date.parse(each.createdAt) <= placedAt.getTime(),
  );
  if (known.length > 0 && random.chance(0.9)) {
    // Leans a little towards the first, who joined long ago: regulars.
    const account = accountOf(known[Math.floor(random.next() ** 1.25 * known.length)] ?? random.pick(known));
    if (account) return account;
  }
  const person = drawPerson(poolFor(input.home, random), random, input.taken);
  return { customer: null, email: person.email, phone: null, address: addressOf(shop, person, random) };
}

function accountOf(customer: Readonly<CustomerRecord>): Buyer | null {
  const address = customer.addresses.find((each) => each.id === customer.defaultAddressId) ?? customer.addresses[0];
  return address ? { customer, email: customer.email, phone: customer.phone, address } : null;
}

/** Milliseconds; within the life's days, more often the younger ones. */
function ageOf(life: OrderLife, random: Random): number {
  const [from, to] = life.age;
  return Math.floor((from + random.next() ** 1.4 * (to - from)) * DAY) + random.int(5, 50) * 60_000;
}

function later(from: Date, hours: number, now: Date): Date {
  return new Date(Math.min(from.getTime() + hours * 3_600_000, now.getTime()));
}
