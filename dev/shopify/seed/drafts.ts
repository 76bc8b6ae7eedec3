import { lineOf } from "../commerce/lines";
import { totalsOf } from "../commerce/prices";
import { taxOf } from "../commerce/tax";
import type { CustomerRecord, DiscountRecord, DraftOrderRecord, LineRecord, OrderRecord } from "../records";
import type { ShopStore } from "../store";
import { shelfOf } from "./order-lines";
import type { Random } from "./random";

const DAY = 86_400_000;

/** A draft that staff have open, as it would be noted on paper. */
interface DraftIdea {
  buyer: number | null;
  units: readonly number[];
  status: "OPEN" | "INVOICE_SENT";
  days: number;
  lineDiscount?: DiscountRecord;
  orderDiscount?: DiscountRecord;
  custom?: { title: string; price: number };
  poNumber?: string;
  note?: string;
  tags?: readonly string[];
  reservedForDays?: number;
}

const IDEAS: readonly DraftIdea[] = [
  {
    buyer: 1,
    units: [14, 14, 2],
    status: "OPEN",
    days: 3,
    lineDiscount: { title: "Wholesale", description: "20 % price list", value: 20, valueType: "PERCENTAGE" },
    poNumber: "PO-2026-0417",
    note: "Sizes for the guides follow by Thursday.",
    tags: ["b2b"],
    reservedForDays: 5,
  },
  { buyer: 0, units: [1], status: "INVOICE_SENT", days: 2, note: "Wants the L after all." },
  {
    buyer: 6,
    units: [1, 2],
    status: "INVOICE_SENT",
    days: 6,
    orderDiscount: { title: "Sorry", description: "Late parcel", value: 1500, valueType: "FIXED_AMOUNT" },
  },
  { buyer: null, units: [1], status: "OPEN", days: 1, tags: ["phone"] },
  { buyer: 10, units: [6], status: "OPEN", days: 9, tags: ["charity"], reservedForDays: -2 },
  { buyer: 4, units: [1], status: "OPEN", days: 0, custom: { title: "Re-waxing and a new zip", price: 4500 } },
  { buyer: 5, units: [2, 1, 1], status: "INVOICE_SENT", days: 12 },
];

/** The handful of drafts that staff have open or have sent; the first customers are their buyers. */
export function seedDrafts(shop: ShopStore, count: number, random: Random, now: Date): void {
  const customers = shop.all("customer");
  const goods = shelfOf(shop).goods;
  for (const idea of IDEAS.slice(0, count)) {
    const customer = idea.buyer === null ? null : (customers[idea.buyer] ?? null);
    const lines: LineRecord[] = random.some(goods, idea.units.length).map((each, index) => ({
      ...lineOf(shop, random.pick(each.variantIds), idea.units[index] ?? 1),
      discount: idea.lineDiscount ?? null,
    }));
    if (idea.custom) lines.push(customLine(shop, idea.custom));
    const at = new Date(now.getTime() - idea.days * DAY - random.int(10, 300) * 60_000).toISOString();
    const draft = blankDraft(shop, { customer, lines, at, random });
    draft.status = idea.status;
    draft.orderDiscount = idea.orderDiscount ?? null;
    draft.poNumber = idea.poNumber ?? null;
    draft.note = idea.note ?? null;
    draft.tags = [...(idea.tags ?? [])];
    if (idea.reservedForDays !== undefined) {
      draft.reserveInventoryUntil = new Date(now.getTime() + idea.reservedForDays * DAY).toISOString();
    }
    if (idea.status === "INVOICE_SENT") {
      draft.invoiceSentAt = new Date(Math.min(Date.parse(at) + 1_200_000, now.getTime())).toISOString();
      draft.invoiceEmailTemplateSubject = `Your order from ${shop.settings().name}`;
      draft.updatedAt = draft.invoiceSentAt;
    }
    draft.totals = totalsOf({ ...draft, taxRate: taxOf(shop.settings()).rate });
    shop.put("draftOrder", draft.id, draft);
  }
}

/** The draft that an order of the past was completed from. */
export function completedDraftOf(
  shop: ShopStore,
  order: OrderRecord,
  taxExempt: boolean,
  random: Random,
): DraftOrderRecord {
  const lines = order.lines.map((line) => {
    const { fulfilledQuantity: _, ...rest } = line;
    return { ...rest, id: shop.newId("line") };
  });
  const customer = order.customerId === null ? null : shop.get("customer", order.customerId);
  const draft: DraftOrderRecord = {
    ...blankDraft(shop, {
      customer,
      lines,
      at: new Date(Date.parse(order.createdAt) - 3_600_000).toISOString(),
      random,
    }),
    status: "COMPLETED",
    email: order.email,
    phone: order.phone,
    orderDiscount: order.orderDiscount,
    shippingLine: order.shippingLine,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    totals: order.totals,
    taxExempt,
    note: order.note,
    tags: order.tags,
    attributes: order.attributes,
    orderId: order.id,
    updatedAt: order.createdAt,
    completedAt: order.createdAt,
  };
  shop.put("draftOrder", draft.id, draft);
  return draft;
}

function blankDraft(
  shop: ShopStore,
  input: { customer: Readonly<CustomerRecord> | null; lines: LineRecord[]; at: string; random: Random },
): DraftOrderRecord {
  const { customer } = input;
  const address = customer?.addresses.find((each) => each.id === customer.defaultAddressId) ?? null;
  return {
    id: shop.newId("draftOrder"),
    name: `#D${shop.next("draftNumber", 1)}`,
    status: "OPEN",
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
    currency: shop.settings().currency,
    lines: input.lines,
    orderDiscount: null,
    shippingLine: null,
    shippingAddress: address,
    billingAddress: address,
    totals: { subtotal: 0, discount: 0, shipping: 0, tax: 0, total: 0 },
    taxExempt: customer?.taxExempt ?? false,
    note: null,
    tags: [],
    attributes: [],
    poNumber: null,
    reserveInventoryUntil: null,
    invoiceToken: input.random.hex(32),
    invoiceSentAt: null,
    invoiceEmailTemplateSubject: null,
    orderId: null,
    metafields: [],
    createdAt: input.at,
    updatedAt: input.at,
    completedAt: null,
  };
}

/** A line that is no product of the shop. */
function customLine(shop: ShopStore, custom: { title: string; price: number }): LineRecord {
  return {
    id: shop.newId("line"),
    variantId: null,
    productId: null,
    title: custom.title,
    variantTitle: null,
    sku: null,
    vendor: null,
    quantity: 1,
    price: custom.price,
    discount: null,
    requiresShipping: false,
    taxable: true,
    grams: 0,
    attributes: [],
    image: null,
  };
}
