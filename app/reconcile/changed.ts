import type { AdminClient } from "~/shopify/admin-client";
import {
  CheckoutsChangedDocument,
  CompaniesChangedDocument,
  CustomersChangedDocument,
  DraftOrdersChangedDocument,
  OrdersChangedDocument,
  ProductsChangedDocument,
} from "~/shopify/queries/generated";
import type { Kind } from "~/shopify-data/kinds";

export interface Changed {
  nodes: { id: string; updatedAt: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Records of a page: the question costs one point for each that comes. */
const first = 100;

interface Window {
  from: string;
  to: string;
  after: string | null;
}

/** What Shopify says changed in a window of time, a page at a time, oldest first. */
export async function changedIn(admin: AdminClient, kind: Kind, { from, to, after }: Window): Promise<Changed> {
  const variables = { query: `updated_at:>='${from}' AND updated_at:<='${to}'`, first, after };
  switch (kind) {
    case "customers":
      return (await admin.ask(CustomersChangedDocument, variables)).customers;
    case "orders":
      return (await admin.ask(OrdersChangedDocument, variables)).orders;
    case "draft-orders":
      return (await admin.ask(DraftOrdersChangedDocument, variables)).draftOrders;
    case "products":
      return (await admin.ask(ProductsChangedDocument, variables)).products;
    case "companies":
      return (await admin.ask(CompaniesChangedDocument, variables)).companies;
    case "checkouts":
      return (await admin.ask(CheckoutsChangedDocument, variables)).abandonedCheckouts;
  }
}
