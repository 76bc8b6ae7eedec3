import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { DocumentNode } from "graphql";
import type { ShopOfContext } from "~/context";
import {
  CheckoutsInBulkDocument,
  CompaniesInBulkDocument,
  CustomersInBulkDocument,
  DraftOrdersInBulkDocument,
  FirstCheckoutDocument,
  FirstCompanyDocument,
  FirstCustomerDocument,
  FirstDraftOrderDocument,
  FirstOrderDocument,
  FirstProductDocument,
  OrdersInBulkDocument,
  ProductsInBulkDocument,
} from "~/shopify/queries/generated";
import { type CheckoutNode, checkoutOf } from "../checkout";
import { type CompanyNode, companyOf } from "../company";
import { type CustomerNode, customerOf } from "../customer";
import { type DraftOrderNode, draftOrderOf } from "../draft-order";
import { keepCheckouts } from "../keep-checkouts";
import { keepCompanies } from "../keep-companies";
import { keepCustomers } from "../keep-customers";
import { keepDraftOrders } from "../keep-draft-orders";
import { keepOrders } from "../keep-orders";
import { keepProducts } from "../keep-products";
import type { Kind } from "../kinds";
import type { Keeper } from "../mirror/speak";
import type { Kept } from "../mirror/table";
import { type OrderNode, orderOf } from "../order";
import { type ProductNode, productOf } from "../product";

type NoVariables = { [key: string]: never };
type KeepAll = (
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  records: readonly unknown[],
  toldAt: Date,
) => Promise<Kept>;

/** Where a kind of record comes from in a sync, and where it goes. */
export interface Source {
  /** What the file is to hold. */
  bulk: DocumentNode;
  /** The first record of it, asked to see what is refused. */
  probe: TypedDocumentNode<unknown, NoVariables>;
  /** Of its gids. */
  type: string;
  /** The connection that a child belongs to, by the type of the child's gid. */
  children: Readonly<Record<string, string>>;
  /** The record of a node put together of its lines. Throws Malformed, or TypeError for what has another shape. */
  read(node: unknown): unknown;
  keep: KeepAll;
}

function source<Node, Record>(
  one: Omit<Source, "read" | "keep"> & {
    read: (node: Node) => Record;
    keep: (tx: Keeper, shop: Pick<ShopOfContext, "id">, records: readonly Record[], toldAt: Date) => Promise<Kept>;
  },
): Source {
  // What `read` made is what `keep` gets: the two types meet here and nowhere else.
  return { ...one, read: one.read as (node: unknown) => unknown, keep: one.keep as KeepAll };
}

export const sources: Readonly<Record<Kind, Source>> = {
  customers: source({
    bulk: CustomersInBulkDocument,
    probe: FirstCustomerDocument,
    type: "Customer",
    children: {},
    read: (node: CustomerNode) => customerOf(node),
    keep: keepCustomers,
  }),
  orders: source({
    bulk: OrdersInBulkDocument,
    probe: FirstOrderDocument,
    type: "Order",
    children: { LineItem: "lineItems", Return: "returns" },
    read: (node: OrderNode) => orderOf(node),
    keep: keepOrders,
  }),
  products: source({
    bulk: ProductsInBulkDocument,
    probe: FirstProductDocument,
    type: "Product",
    children: { ProductVariant: "variants" },
    read: (node: ProductNode) => productOf(node),
    keep: keepProducts,
  }),
  "draft-orders": source({
    bulk: DraftOrdersInBulkDocument,
    probe: FirstDraftOrderDocument,
    type: "DraftOrder",
    children: { DraftOrderLineItem: "lineItems" },
    read: (node: DraftOrderNode) => draftOrderOf(node),
    keep: keepDraftOrders,
  }),
  checkouts: source({
    bulk: CheckoutsInBulkDocument,
    probe: FirstCheckoutDocument,
    type: "AbandonedCheckout",
    children: { AbandonedCheckoutLineItem: "lineItems" },
    read: (node: CheckoutNode) => checkoutOf(node),
    keep: keepCheckouts,
  }),
  companies: source({
    bulk: CompaniesInBulkDocument,
    probe: FirstCompanyDocument,
    type: "Company",
    children: { CompanyContact: "contacts", CompanyLocation: "locations" },
    read: (node: CompanyNode) => companyOf(node),
    keep: keepCompanies,
  }),
};
