import { toMinor } from "~/platform/money";
import type { DraftOrderStateFragment } from "~/shopify/queries/generated";

export type DraftStatus = "open" | "invoice_sent" | "paid" | "voided";

/** A draft order as Shopify tells of it, by API or webhook, in our words. */
export interface DraftReport {
  /** gid://shopify/DraftOrder/… */
  shopifyDraftOrderId: string;
  /** `#D1` */
  name: string;
  invoiceSent: boolean;
  completed: boolean;
  currency: string;
  /** Minor units. */
  total: number;
  invoiceUrl: string | null;
  /** gid://shopify/Order/… */
  orderId: string | null;
  createdAt: Date;
  updatedAt: Date;
  attributes: readonly { key: string; value?: string | null }[];
}

export function reportOf(draft: DraftOrderStateFragment): DraftReport {
  const { amount, currencyCode } = draft.totalPriceSet.shopMoney;
  return {
    shopifyDraftOrderId: draft.id,
    name: draft.name,
    invoiceSent: draft.status === "INVOICE_SENT" || draft.invoiceSentAt !== null,
    completed: draft.status === "COMPLETED",
    currency: currencyCode,
    total: toMinor(amount, currencyCode),
    invoiceUrl: draft.invoiceUrl ?? null,
    orderId: draft.order?.id ?? null,
    createdAt: new Date(draft.createdAt),
    updatedAt: new Date(draft.updatedAt),
    attributes: draft.customAttributes,
  };
}

/**
 * The status after a report. It only goes forward: a report can be late, and neither a payment nor a deletion is undone
 * by one. Payment itself is told by the order, not by the draft.
 */
export function statusAfter(before: DraftStatus, report: Pick<DraftReport, "invoiceSent">): DraftStatus {
  if (before === "paid" || before === "voided") return before;
  return report.invoiceSent ? "invoice_sent" : before;
}
