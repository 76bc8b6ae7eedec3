import type { DraftOrder } from "@prisma/client";
import type { Context, StaffActor } from "~/context";
import { change } from "~/events/change";
import { Problem } from "~/http/errors";
import { toMinor } from "~/platform/money";
import { ShopifyDenied } from "~/shopify/admin-errors";
import { adminFor } from "~/shopify/admin-for";
import { fullName } from "~/shopify/customer";
import { DraftOrderDocument, type DraftOrderQuery } from "~/shopify/queries/generated";
import { wordsFor } from "~/shopify-data/withheld";
import { attributeNames } from "./attributes";
import { findDraft, lockDraft } from "./find";
import { readTotals } from "./form/read-totals";
import type { Discount, DraftForm, DraftLine, DraftTotals } from "./form/shape";
import { markVoided } from "./reported";

export interface LoadedDraft {
  /** Our row: what it is called, where it stands, what it belongs to. */
  draft: DraftOrder;
  /** As Shopify has it now; null when Shopify did not answer or has it no more. */
  now: { form: DraftForm; totals: DraftTotals; customerName: string | null; withheld: string[] } | null;
  /** The shopper paid for the cart that it was made from, so it is void. */
  cartPaid: boolean;
  problem: { code: string; message: string } | null;
}

/** A draft order for its page. Throws NotFound. */
export async function loadDraft(ctx: Context<StaffActor>, id: string): Promise<LoadedDraft> {
  const draft = await findDraft(ctx, id);
  try {
    const { data, denied } = await adminFor(ctx).askPartly(DraftOrderDocument, { id: draft.shopifyDraftOrderId });
    // The customer's name is only shown. Without the rest a save would write over what could not be seen.
    const missing = denied.filter((path) => !path.startsWith("draftOrder.customer."));
    const { draftOrder } = data;
    if (missing.length > 0 || (!draftOrder && denied.length > 0)) throw new ShopifyDenied(denied);
    if (draftOrder) {
      const now = { ...pageOf(draft, draftOrder), withheld: wordsFor(denied) };
      return { draft, now, cartPaid: false, problem: null };
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { draft, now: null, cartPaid: false, problem: { code: error.code, message: error.message } };
  }
  const gone = await change(ctx, async (tx) => {
    const locked = await lockDraft(tx, ctx, id);
    if (locked) await markVoided(tx, ctx, locked, "deleted-in-shopify");
    return tx.draftOrder.findUniqueOrThrow({ where: { shopId_id: { shopId: ctx.shop.id, id } } });
  });
  const cart = gone.cartId
    ? await ctx.db.prisma.cart.findUnique({
        where: { shopId_id: { shopId: ctx.shop.id, id: gone.cartId } },
        select: { status: true },
      })
    : null;
  return { draft: gone, now: null, cartPaid: cart?.status === "ordered", problem: null };
}

type Told = NonNullable<DraftOrderQuery["draftOrder"]>;

function pageOf(draft: DraftOrder, told: Told): Omit<NonNullable<LoadedDraft["now"]>, "withheld"> {
  const currency = told.currencyCode;
  const minor = (amount: string) => toMinor(amount, currency);
  const form: DraftForm = {
    id: draft.id,
    conversationId: draft.conversationId,
    cartId: draft.cartId,
    shopifyCustomerId: told.customer?.id ?? null,
    email: told.email ?? "",
    note: told.note2 ?? "",
    tags: told.tags,
    lines: told.lineItems.nodes.map((line) => lineOf(line, minor)),
    discount: discountOf(told.appliedDiscount, minor),
    discountTitle: told.appliedDiscount?.title ?? "",
    shipping: told.shippingLine && {
      title: told.shippingLine.title,
      price: minor(told.shippingLine.originalPriceSet.shopMoney.amount),
    },
    reserveUntil: told.reserveInventoryUntil ?? null,
  };
  return {
    form,
    totals: readTotals(told, told.lineItems.nodes, currency),
    customerName: told.customer && fullName(told.customer),
  };
}

function lineOf(line: Told["lineItems"]["nodes"][number], minor: (amount: string) => number): DraftLine {
  const own: readonly string[] = Object.values(attributeNames);
  return {
    key: line.uuid,
    variantId: line.variant?.id ?? null,
    title: line.title,
    variantTitle: line.variantTitle || null,
    sku: line.sku || null,
    image: line.image?.url ?? null,
    quantity: line.quantity,
    price: minor(line.originalUnitPriceSet.shopMoney.amount),
    discount: discountOf(line.appliedDiscount, minor),
    properties: Object.fromEntries(
      line.customAttributes.filter(({ key }) => !own.includes(key)).map(({ key, value }) => [key, value ?? ""]),
    ),
  };
}

function discountOf(
  discount: { value: number; valueType: string } | null,
  minor: (amount: string) => number,
): Discount | null {
  if (!discount) return null;
  if (discount.valueType === "PERCENTAGE") return { kind: "percent", value: discount.value };
  return { kind: "amount", value: minor(discount.value.toFixed(4)) };
}
