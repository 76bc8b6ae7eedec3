import type { ShopOfContext } from "~/context";
import type { Transaction } from "~/db.server";
import type { AdminClient, Partly } from "~/shopify/admin-client";
import {
  CheckoutRecordsDocument,
  CompanyRecordContactsDocument,
  CompanyRecordLocationsDocument,
  CompanyRecordsDocument,
  CustomerRecordsDocument,
  DraftOrderRecordLinesDocument,
  DraftOrderRecordsDocument,
  OrderRecordLinesDocument,
  OrderRecordReturnsDocument,
  OrderRecordsDocument,
  ProductRecordsDocument,
  ProductRecordVariantsDocument,
} from "~/shopify/queries/generated";
import { type CheckoutKept, checkoutOf } from "~/shopify-data/checkout";
import { type CompanyKept, companyOf } from "~/shopify-data/company";
import { type CustomerKept, customerOf } from "~/shopify-data/customer";
import { type DraftOrderKept, draftOrderOf } from "~/shopify-data/draft-order";
import { keepCheckouts } from "~/shopify-data/keep-checkouts";
import { keepCompanies } from "~/shopify-data/keep-companies";
import { keepCustomers } from "~/shopify-data/keep-customers";
import { keepDraftOrders } from "~/shopify-data/keep-draft-orders";
import { keepOrders } from "~/shopify-data/keep-orders";
import { keepProducts } from "~/shopify-data/keep-products";
import type { Kind } from "~/shopify-data/kinds";
import type { Kept } from "~/shopify-data/mirror/table";
import { type OrderKept, orderOf } from "~/shopify-data/order";
import { type ProductKept, productOf } from "~/shopify-data/product";
import { type Page, restOf } from "./rest-of";

type Answered<Node> = (Node | Record<PropertyKey, never> | null)[];

/** How a kind of record is read by ids: the question, what does not fit its answer, what is kept of a node. */
export interface Source<Node extends { id: string }, Row extends { id: string; updatedAt: Date }> {
  /** Asked for at once: the question must cost less than a query may (1,000 points). */
  atOnce: number;
  ask(admin: AdminClient, ids: string[]): Promise<Partly<Answered<Node>>>;
  /** Loads into the node what its lists have beyond their first page. */
  complete(admin: AdminClient, node: Node): Promise<void>;
  read(node: Node): Row;
  keep(tx: Transaction, shop: Pick<ShopOfContext, "id">, rows: Row[], toldAt: Date): Promise<Kept>;
}

function source<Node extends { id: string }, Row extends { id: string; updatedAt: Date }>(
  described: Source<Node, Row>,
): Source<Node, Row> {
  return described;
}

type NodeOf<Nodes> = Exclude<Nodes extends { nodes: (infer One)[] } ? One : never, null | Record<PropertyKey, never>>;
const nodesOf = <Nodes extends { nodes: unknown[] }>({ data, denied }: Partly<Nodes>) => ({
  data: data.nodes as Answered<NodeOf<Nodes>>,
  denied,
});

export const sources = {
  customers: source({
    atOnce: 100,
    ask: async (admin, ids) => nodesOf(await admin.askPartly(CustomerRecordsDocument, { ids })),
    complete: async () => undefined,
    read: (node): CustomerKept => customerOf(node),
    keep: keepCustomers,
  }),
  orders: source({
    atOnce: 1,
    ask: async (admin, ids) => nodesOf(await admin.askPartly(OrderRecordsDocument, { ids })),
    complete: async (admin, { id, lineItems, returns }) => {
      const lines = (after: Page) => admin.askPartly(OrderRecordLinesDocument, { id, after });
      await restOf(lineItems, async (after) => (await lines(after)).data.order?.lineItems);
      const backs = (after: Page) => admin.askPartly(OrderRecordReturnsDocument, { id, after });
      await restOf(returns, async (after) => (await backs(after)).data.order?.returns);
    },
    read: (node): OrderKept => orderOf(node),
    keep: keepOrders,
  }),
  products: source({
    atOnce: 10,
    ask: async (admin, ids) => nodesOf(await admin.askPartly(ProductRecordsDocument, { ids })),
    complete: async (admin, { id, variants }) => {
      const ask = (after: Page) => admin.askPartly(ProductRecordVariantsDocument, { id, after });
      await restOf(variants, async (after) => (await ask(after)).data.product?.variants);
    },
    read: (node): ProductKept => productOf(node),
    keep: keepProducts,
  }),
  "draft-orders": source({
    atOnce: 2,
    ask: async (admin, ids) => nodesOf(await admin.askPartly(DraftOrderRecordsDocument, { ids })),
    complete: async (admin, { id, lineItems }) => {
      const ask = (after: Page) => admin.askPartly(DraftOrderRecordLinesDocument, { id, after });
      await restOf(lineItems, async (after) => (await ask(after)).data.draftOrder?.lineItems);
    },
    read: (node): DraftOrderKept => draftOrderOf(node),
    keep: keepDraftOrders,
  }),
  checkouts: source({
    atOnce: 2,
    ask: async (admin, ids) => nodesOf(await admin.askPartly(CheckoutRecordsDocument, { ids })),
    // Nothing gives the rest of a checkout's lines by its id: its first sixty tell what was left.
    complete: async () => undefined,
    read: (node): CheckoutKept => checkoutOf(node),
    keep: keepCheckouts,
  }),
  companies: source({
    atOnce: 5,
    ask: async (admin, ids) => nodesOf(await admin.askPartly(CompanyRecordsDocument, { ids })),
    complete: async (admin, { id, contacts, locations }) => {
      const people = (after: Page) => admin.askPartly(CompanyRecordContactsDocument, { id, after });
      await restOf(contacts, async (after) => (await people(after)).data.company?.contacts);
      const places = (after: Page) => admin.askPartly(CompanyRecordLocationsDocument, { id, after });
      await restOf(locations, async (after) => (await places(after)).data.company?.locations);
    },
    read: (node): CompanyKept => companyOf(node),
    keep: keepCompanies,
  }),
} satisfies Record<Kind, unknown>;
