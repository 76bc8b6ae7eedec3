import { displayName } from "../../commerce/customers";
import { linePrice, unitPrice } from "../../commerce/prices";
import { type CheckoutRecord, gid, type LineRecord } from "../../records";
import type { AdminContext, Arguments, Fields, Types } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { paginate, paginateInOrder } from "../engine/pages";
import { type Searchable, search } from "../search/match";
import { imageWith } from "./image";
import { money } from "./money";
import { allDiscounts } from "./order";
import { findVariantNode } from "./product";

type Source = Readonly<CheckoutRecord>;

/** How long a checkout must be silent before Shopify calls it abandoned. */
const SILENCE = 10 * 60_000;

/** Checkouts with a way to reach the buyer that were left; one that was paid after all stays, as recovered. */
export function abandonedCheckouts({ shop, now }: AdminContext): readonly Source[] {
  return shop.all("checkout").filter((each) => isAbandoned(each, now));
}

/** One of them by id; null when it is none (yet). */
export function abandonedCheckout({ shop, now }: AdminContext, id: number): Source | null {
  const found = shop.all("checkout").find((each) => each.id === id);
  return found && isAbandoned(found, now) ? found : null;
}

function isAbandoned(checkout: Source, now: Date): boolean {
  if (!checkout.email && !checkout.phone) return false;
  const until = checkout.completedAt === null ? now.getTime() : Date.parse(checkout.completedAt);
  const since = checkout.completedAt === null ? checkout.updatedAt : checkout.createdAt;
  return until - Date.parse(since) >= SILENCE;
}

/** `QueryRoot.abandonedCheckouts`. */
export function listAbandonedCheckouts(args: Arguments, context: AdminContext) {
  const found = search(searchable(context), abandonedCheckouts(context), args.query, context.now);
  const id = (each: Source) => each.id;
  switch (args.sortKey) {
    case "ID":
    case "CHECKOUT_ID":
    case "RELEVANCE":
    case undefined:
      return paginate(found, args, { id, value: id });
    case "CREATED_AT":
      return paginate(found, args, { id, value: (each) => each.createdAt });
    case "TOTAL_PRICE":
      return paginate(found, args, { id, value: (each) => each.totals.total });
    case "CUSTOMER_NAME":
      return paginate(found, args, { id, value: (each) => nameOf(each, context) });
    default:
      throw notImplemented(`AbandonedCheckoutSortKeys.${String(args.sortKey)}`);
  }
}

function searchable(context: AdminContext): Searchable<Source> {
  return {
    name: "QueryRoot.abandonedCheckouts",
    anywhere: (each) => [each.email, each.phone, nameOf(each, context), ...each.lines.map((line) => line.title)],
    fields: {
      id: { type: "number", of: (each) => each.id },
      created_at: { type: "time", of: (each) => each.createdAt },
      updated_at: { type: "time", of: (each) => each.updatedAt },
      recovery_state: { type: "exact", of: (each) => (each.completedAt ? "recovered" : "not_recovered") },
      status: { type: "exact", of: (each) => (each.completedAt ? "closed" : "open") },
    },
  };
}

function nameOf(checkout: Source, { shop }: AdminContext): string {
  const customer = checkout.customerId === null ? null : shop.get("customer", checkout.customerId);
  return customer ? displayName(customer) : "";
}

const bag =
  (pick: (checkout: Source) => number) =>
  (checkout: Source, _args: Arguments, { settings }: AdminContext) =>
    money(pick(checkout), settings.currency);

const checkout: Fields<Source> = {
  id: (source) => gid("AbandonedCheckout", source.id),
  name: (source) => `#${source.id}`,
  abandonedCheckoutUrl: (source, _args, { settings }) => `${settings.storefrontOrigin}/checkouts/${source.token}`,
  billingAddress: (source) => source.shippingAddress,
  shippingAddress: (source) => source.shippingAddress,
  completedAt: (source) => source.completedAt,
  createdAt: (source) => source.createdAt,
  updatedAt: (source) => source.updatedAt,
  customAttributes: (source) => source.attributes,
  customer: (source, _args, { shop }) => (source.customerId === null ? null : shop.get("customer", source.customerId)),
  discountCodes: (source) => source.discountCodes,
  note: (source) => source.note ?? "",
  lineItemsQuantity: (source) => source.lines.length,
  lineItems: (source, args) => paginateInOrder(source.lines, args),
  taxesIncluded: () => false,
  taxLines: (source) => (source.totals.tax > 0 ? [source.totals.tax] : []),
  subtotalPriceSet: bag(({ totals }) => totals.subtotal - totals.discount),
  totalDiscountSet: bag(({ totals, lines }) => totals.discount + allDiscounts(lines)),
  totalDutiesSet: () => null,
  totalLineItemsPriceSet: bag(({ lines }) => lines.reduce((sum, line) => sum + line.price * line.quantity, 0)),
  totalPriceSet: bag(({ totals }) => totals.total),
  totalTaxSet: bag(({ totals }) => totals.tax),
};

const lineBag =
  (pick: (line: LineRecord) => number) =>
  (line: LineRecord, _args: Arguments, { settings }: AdminContext) =>
    money(pick(line), settings.currency);

const line: Fields<LineRecord> = {
  id: (source) => gid("AbandonedCheckoutLineItem", source.id),
  title: (source) => source.title,
  variantTitle: (source) => source.variantTitle,
  sku: (source) => source.sku,
  quantity: (source) => source.quantity,
  customAttributes: (source) => source.attributes,
  image: (source, args) => imageWith(source.image, args),
  product: (source, _args, { shop }) => (source.productId === null ? null : shop.get("product", source.productId)),
  variant: (source, _args, { shop }) => findVariantNode(shop, source.variantId),
  originalUnitPriceSet: lineBag((each) => each.price),
  originalTotalPriceSet: lineBag((each) => each.price * each.quantity),
  discountedUnitPriceSet: lineBag(unitPrice),
  discountedTotalPriceSet: lineBag(linePrice),
};

export const abandonedCheckoutTypes: Types = { AbandonedCheckout: checkout, AbandonedCheckoutLineItem: line };
