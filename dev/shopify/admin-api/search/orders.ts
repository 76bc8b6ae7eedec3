import { displayName } from "../../commerce/customers";
import { returnStatusOf } from "../../commerce/orders/units";
import type { CustomerRecord, DraftOrderRecord, OrderRecord } from "../../records";
import type { ShopStore } from "../../store";
import { confirmationNumber } from "../../webhooks/payloads/order";
import { notImplemented } from "../engine/errors";
import type { Order } from "../engine/pages";
import type { Searchable } from "./match";

/** Filters of `orders(query:)`. */
export function orderSearch(shop: ShopStore): Searchable<Readonly<OrderRecord>> {
  const customer = (order: Readonly<OrderRecord>) => nameOf(shop, order.customerId);
  return {
    name: "QueryRoot.orders",
    anywhere: (order) => [
      order.name,
      order.email,
      order.phone,
      customer(order),
      ...order.lines.map((line) => line.title),
    ],
    fields: {
      id: { type: "number", of: (order) => order.id },
      name: { type: "exact", of: (order) => [order.name, String(order.number)] },
      email: { type: "exact", of: (order) => order.email },
      phone: { type: "exact", of: (order) => order.phone },
      customer_id: { type: "number", of: (order) => order.customerId },
      confirmation_number: { type: "exact", of: (order) => confirmationNumber(order) },
      cart_token: { type: "exact", of: (order) => order.cartToken },
      checkout_token: { type: "exact", of: (order) => order.checkoutToken },
      created_at: { type: "time", of: (order) => order.createdAt },
      updated_at: { type: "time", of: (order) => order.updatedAt },
      processed_at: { type: "time", of: (order) => order.processedAt },
      financial_status: { type: "exact", of: (order) => order.financialStatus },
      fulfillment_status: { type: "exact", of: (order) => fulfillmentWords(order) },
      status: { type: "exact", of: (order) => statusWords(order) },
      discount_code: { type: "exact", of: (order) => order.discountCodes[0] },
      return_status: { type: "exact", of: (order) => returnStatusOf(order) },
      source_name: { type: "exact", of: (order) => order.sourceName },
      sku: { type: "exact", of: (order) => order.lines.map((line) => line.sku) },
      tag: { type: "exact", of: (order) => order.tags },
      total_price: { type: "number", of: (order) => order.totals.total / 100 },
      current_total_price: { type: "number", of: (order) => (order.totals.total - order.refunded) / 100 },
    },
  };
}

/** How `orders(sortKey:)` sorts; RELEVANCE without a search is by id. */
export function orderOrder(shop: ShopStore, sortKey: unknown): Order<Readonly<OrderRecord>> {
  const id = (order: Readonly<OrderRecord>) => order.id;
  switch (sortKey) {
    case "ID":
    case "RELEVANCE":
    case undefined:
      return { id, value: id };
    case "PROCESSED_AT":
      return { id, value: (order) => order.processedAt };
    case "CREATED_AT":
      return { id, value: (order) => order.createdAt };
    case "UPDATED_AT":
      return { id, value: (order) => order.updatedAt };
    case "ORDER_NUMBER":
      return { id, value: (order) => order.number };
    case "TOTAL_PRICE":
      return { id, value: (order) => order.totals.total };
    case "CURRENT_TOTAL_PRICE":
      return { id, value: (order) => order.totals.total - order.refunded };
    case "CUSTOMER_NAME":
      return { id, value: (order) => nameOf(shop, order.customerId) };
    case "FINANCIAL_STATUS":
      return { id, value: (order) => order.financialStatus };
    case "FULFILLMENT_STATUS":
      return { id, value: (order) => order.fulfillmentStatus };
    default:
      throw notImplemented(`OrderSortKeys.${String(sortKey)}`);
  }
}

/** Filters of `draftOrders(query:)`. */
export function draftOrderSearch(shop: ShopStore): Searchable<Readonly<DraftOrderRecord>> {
  return {
    name: "QueryRoot.draftOrders",
    anywhere: (draft) => [draft.name, draft.email, nameOf(shop, draft.customerId)],
    fields: {
      id: { type: "number", of: (draft) => draft.id },
      customer_id: { type: "number", of: (draft) => draft.customerId },
      status: { type: "exact", of: (draft) => draft.status },
      tag: { type: "exact", of: (draft) => draft.tags },
      created_at: { type: "time", of: (draft) => draft.createdAt },
      updated_at: { type: "time", of: (draft) => draft.updatedAt },
    },
  };
}

/** How `draftOrders(sortKey:)` sorts. */
export function draftOrderOrder(shop: ShopStore, sortKey: unknown): Order<Readonly<DraftOrderRecord>> {
  const id = (draft: Readonly<DraftOrderRecord>) => draft.id;
  switch (sortKey) {
    case "ID":
    case "RELEVANCE":
    case "NUMBER":
    case undefined:
      return { id, value: id };
    case "UPDATED_AT":
      return { id, value: (draft) => draft.updatedAt };
    case "STATUS":
      return { id, value: (draft) => draft.status };
    case "TOTAL_PRICE":
      return { id, value: (draft) => draft.totals.total };
    case "CUSTOMER_NAME":
      return { id, value: (draft) => nameOf(shop, draft.customerId) };
    default:
      throw notImplemented(`DraftOrderSortKeys.${String(sortKey)}`);
  }
}

function nameOf(shop: ShopStore, customerId: number | null): string {
  const customer: Readonly<CustomerRecord> | null = customerId === null ? null : shop.get("customer", customerId);
  return customer ? displayName(customer) : "";
}

function statusWords(order: Readonly<OrderRecord>): string[] {
  if (order.cancelledAt) return ["cancelled", "any"];
  return [order.closedAt ? "closed" : "open", "not_closed", "any"].filter(
    (word) => word !== "not_closed" || !order.closedAt,
  );
}

function fulfillmentWords(order: Readonly<OrderRecord>): string[] {
  const words: Record<OrderRecord["fulfillmentStatus"], string[]> = {
    UNFULFILLED: ["unfulfilled", "unshipped"],
    PARTIALLY_FULFILLED: ["partial", "unfulfilled"],
    FULFILLED: ["fulfilled", "shipped"],
    ON_HOLD: ["on_hold", "unfulfilled"],
    IN_PROGRESS: ["in_progress", "unfulfilled"],
  };
  return words[order.fulfillmentStatus];
}
