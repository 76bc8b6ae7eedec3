import type pg from "pg";
import { purchasesOf } from "../../dev/shopify/commerce/customers";
import { paidBackBy, refundsOf, transactionsOf } from "../../dev/shopify/commerce/orders/money";
import { removedUnits, returnStatusOf } from "../../dev/shopify/commerce/orders/units";
import { gid, type OrderRecord } from "../../dev/shopify/records";
import type { ShopStore } from "../../dev/shopify/store";
import type { World } from "../../dev/shopify/world";

export interface Difference {
  kind: string;
  compared: number;
  missing: string[];
  /** Kept here although the source has them no more. */
  extra: string[];
  other: { id: string; source: string; mirror: string }[];
}

type Facts = Map<string, string>;

/** What the source has and what the app keeps, fact by fact. The facts of the source are of its records, not of its API. */
export async function compare(world: World, shop: ShopStore, client: pg.Client, shopId: string): Promise<Difference[]> {
  const read = async (kind: string, columns: string): Promise<Facts> => {
    const { rows } = await client.query<Record<string, unknown> & { id: string }>(
      `SELECT "id", "updatedAt", ${columns} FROM "shopify_${kind}" WHERE "shopId" = $1::uuid AND "deletedAt" IS NULL`,
      [shopId],
    );
    return new Map(rows.map(({ id, ...row }) => [id, JSON.stringify(factsOf(kind, row))]));
  };
  const orders =
    '"financialStatus", "fulfillmentStatus", "returnStatus", "total", "refunded", "discountCodes", "lines", "fulfillments", "returns", "refunds", "payments", "cancelledAt", "customerId"';
  return [
    differ("orders", ordersOf(world, shop), await read("order", orders)),
    differ("customers", customersOf(shop), await read("customer", '"firstName", "email", "orderCount", "spent"')),
    differ("products", productsOf(shop), await read("product", '"title", "status"')),
    differ("draft orders", draftsOf(shop), await read("draft_order", '"status", "total"')),
  ];
}

function differ(kind: string, source: Facts, mirror: Facts): Difference {
  const other = [...source].flatMap(([id, facts]) => {
    const kept = mirror.get(id);
    return kept === undefined || kept === facts ? [] : [{ id, source: facts, mirror: kept }];
  });
  return {
    kind,
    compared: source.size,
    missing: [...source.keys()].filter((id) => !mirror.has(id)),
    extra: [...mirror.keys()].filter((id) => !source.has(id)),
    other,
  };
}

/** Shopify tells whole seconds in places; both sides are compared in milliseconds of one form. */
const time = (value: unknown): string | null => (value ? new Date(value as string).toISOString() : null);
/** The app keeps Shopify's words in small letters. */
const word = (value: string): string => value.toLowerCase();
const sorted = <Item>(items: Item[]): Item[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function factsOf(kind: string, row: Record<string, unknown>): unknown[] {
  const list = (name: string) => (row[name] ?? []) as Record<string, unknown>[];
  const at = time(row.updatedAt);
  switch (kind) {
    case "order":
      return [
        at,
        row.financialStatus,
        row.fulfillmentStatus,
        row.returnStatus,
        row.total,
        row.refunded,
        row.discountCodes,
        time(row.cancelledAt),
        row.customerId,
        sorted(list("lines").map((line) => [line.id, line.quantity, line.currentQuantity])),
        sorted(list("fulfillments").map((each) => [each.id, each.displayStatus, time(each.deliveredAt)])),
        sorted(list("returns").map((each) => [each.id, each.status])),
        sorted(list("refunds").map((each) => [each.id, each.total])),
        sorted(list("payments").map((each) => [each.id, each.kind, each.amount])),
      ];
    case "customer":
      return [at, row.firstName, row.email, row.orderCount, row.spent];
    case "product":
      return [at, row.title, row.status];
    default:
      return [at, row.status, row.total];
  }
}

function ordersOf(world: World, shop: ShopStore): Facts {
  const since = world.clock().getTime() - 60 * 86_400_000;
  const visible = shop.all("order").filter((each) => Date.parse(each.createdAt) > since);
  return new Map(visible.map((order) => [gid("Order", order.id), JSON.stringify(orderFacts(order))]));
}

function orderFacts(order: Readonly<OrderRecord>): unknown[] {
  return [
    time(order.updatedAt),
    word(order.financialStatus),
    word(order.fulfillmentStatus),
    word(returnStatusOf(order)),
    order.totals.total,
    order.refunded,
    order.discountCodes,
    time(order.cancelledAt),
    order.customerId === null ? null : gid("Customer", order.customerId),
    sorted(
      order.lines.map((line) => [
        gid("LineItem", line.id),
        line.quantity,
        line.quantity - removedUnits(order, line.id),
      ]),
    ),
    sorted(
      order.fulfillments.map((each) => [gid("Fulfillment", each.id), word(each.displayStatus), time(each.deliveredAt)]),
    ),
    sorted((order.returns ?? []).map((each) => [gid("Return", each.id), word(each.status)])),
    sorted(refundsOf(order).map((each) => [gid("Refund", each.id), paidBackBy(order, each)])),
    sorted(transactionsOf(order).map((each) => [gid("OrderTransaction", each.id), word(each.kind), each.amount])),
  ];
}

function customersOf(shop: ShopStore): Facts {
  return new Map(
    shop.all("customer").map((each) => {
      const { orders, spent } = purchasesOf(shop, each.id);
      return [
        gid("Customer", each.id),
        JSON.stringify([time(each.updatedAt), each.firstName, each.email, orders, spent]),
      ];
    }),
  );
}

function productsOf(shop: ShopStore): Facts {
  return new Map(
    shop
      .all("product")
      .map((each) => [gid("Product", each.id), JSON.stringify([time(each.updatedAt), each.title, word(each.status)])]),
  );
}

function draftsOf(shop: ShopStore): Facts {
  return new Map(
    shop
      .all("draftOrder")
      .map((each) => [
        gid("DraftOrder", each.id),
        JSON.stringify([time(each.updatedAt), word(each.status), each.totals.total]),
      ]),
  );
}
