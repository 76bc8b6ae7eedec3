import { randomUUID } from "node:crypto";
import type { LineRecord, OrderRecord } from "../../records";
import type { TransactionRecord } from "../../records-orders";
import type { ShopStore } from "../../store";
import {
  inventoryLevelPayload,
  orderPayload,
  productPayload,
  purchasesPayload,
  transactionPayload,
} from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";
import { findVariant } from "../lines";
import { takeFromStock } from "../stock";

/** One thing that happens in a shop: all that it changes has its time, all that it tells has its event id. */
export interface Change {
  world: World;
  shop: ShopStore;
  now: string;
  eventId: string;
}

export function changeIn(world: World, shop: ShopStore, eventId: string = randomUUID()): Change {
  return { world, shop, now: world.clock().toISOString(), eventId };
}

/** What a change refuses, as mutations answer it. */
export class Refused extends Error {
  constructor(
    readonly field: string[] | null,
    message: string,
    /** A code of the mutation's own kind of user error. */
    readonly code: string = "INVALID",
  ) {
    super(message);
    this.name = "Refused";
  }
}

export function tell({ world, shop, eventId }: Change, topic: string, payload: object): void {
  publish(world, shop, topic, payload, { eventId });
}

/** Stores the order as changed now, and tells `orders/updated` after the topics named. */
export function saveOrder(change: Change, order: OrderRecord, ...topics: string[]): OrderRecord {
  const saved: OrderRecord = { ...order, updatedAt: change.now };
  change.shop.put("order", saved.id, saved);
  const payload = orderPayload(change.shop, saved);
  for (const topic of [...topics, "orders/updated"]) tell(change, topic, payload);
  return saved;
}

export function tellTransaction(change: Change, order: Readonly<OrderRecord>, transaction: TransactionRecord): void {
  tell(change, "order_transactions/create", transactionPayload(change.shop, order, transaction));
}

/** The customer has bought more or less than before. */
export function tellPurchases(change: Change, customerId: number | null): void {
  const customer = customerId === null ? null : change.shop.get("customer", customerId);
  if (!customer) return;
  change.shop.put("customer", customer.id, { ...customer, updatedAt: change.now });
  tell(change, "customers/purchasing_summary", purchasesPayload(change.shop, customer.id, change.now));
}

/** Takes the lines' units off the shelf, or with `back` puts them on it, and tells of the levels and products. */
export function moveStock(change: Change, lines: readonly LineRecord[], back = false): void {
  const { shop, world } = change;
  const moved = lines.map((line) => ({ ...line, quantity: back ? -line.quantity : line.quantity }));
  takeFromStock(shop, moved, world.clock());
  const products = new Set<number>();
  for (const variantId of new Set(moved.map((line) => line.variantId))) {
    const found = variantId === null ? null : findVariant(shop, variantId);
    if (!found?.variant.tracked) continue;
    products.add(found.product.id);
    tell(change, "inventory_levels/update", inventoryLevelPayload(shop, found.variant, change.now));
  }
  for (const id of products) {
    const product = shop.get("product", id);
    if (product) tell(change, "products/update", productPayload(shop, product));
  }
}

/** The order to change; a change of one that is gone is refused. */
export function requireOrder({ shop }: Change, orderId: number): OrderRecord {
  const order = shop.get("order", orderId);
  if (!order) throw new Refused(["orderId"], "Order does not exist", "NOT_FOUND");
  return order;
}
