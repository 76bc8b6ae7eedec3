import { z } from "zod";

/** Off a price: percent with up to two decimals, or an amount in minor units. */
export type Discount = { kind: "percent"; value: number } | { kind: "amount"; value: number };

export interface DraftLine {
  /** Stays with the line while it is edited. */
  key: string;
  /** gid://shopify/ProductVariant/…; null for a line that Shopify does not know, such as "Gift wrap". */
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  image: string | null;
  quantity: number;
  /** One unit before discounts, minor units of the shop's currency. */
  price: number;
  /** Off each unit. */
  discount: Discount | null;
  properties: Record<string, string>;
}

/** A draft order as staff edit it. Money is in minor units of the shop's currency. */
export interface DraftForm {
  /** Our own id of the draft order, made with the form: sending the same form twice makes one draft. */
  id: string;
  conversationId: string | null;
  cartId: string | null;
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string | null;
  email: string;
  note: string;
  tags: string[];
  lines: DraftLine[];
  /** Off the whole order. */
  discount: Discount | null;
  discountTitle: string;
  shipping: { title: string; price: number } | null;
  /** ISO 8601; until when Shopify keeps the stock for this draft. */
  reserveUntil: string | null;
}

/** What a calculated or existing draft comes to, minor units. */
export interface DraftTotals {
  currency: string;
  /** Lines after their own discounts. */
  subtotal: number;
  discount: number;
  shipping: number;
  tax: number;
  total: number;
  /** Each line after its own discount, in the order of the form. */
  lines: number[];
}

/** A posted form larger than this is refused before it is read. */
export const mostFormBytes = 512 * 1024;

const discountShape = z.object({ kind: z.enum(["percent", "amount"]), value: z.number() });
const text = (most: number) => z.string().max(most);

/**
 * The form as the page posts it: shapes only, so that nothing unexpected goes further. What a person can get wrong is
 * said by `decide-input.ts`, at the field where it is wrong.
 */
export const draftFormShape: z.ZodType<DraftForm> = z.object({
  id: z.uuid(),
  conversationId: z.uuid().nullable(),
  cartId: z.uuid().nullable(),
  shopifyCustomerId: z
    .string()
    .regex(/^gid:\/\/shopify\/Customer\/\d+$/)
    .nullable(),
  email: text(1_000),
  note: text(20_000),
  tags: z.array(text(1_000)).max(1_000),
  lines: z
    .array(
      z.object({
        key: text(200),
        variantId: z
          .string()
          .regex(/^gid:\/\/shopify\/ProductVariant\/\d+$/)
          .nullable(),
        title: text(1_000),
        variantTitle: text(1_000).nullable(),
        sku: text(1_000).nullable(),
        image: text(4_000).nullable(),
        quantity: z.number(),
        price: z.number().int(),
        discount: discountShape.nullable(),
        properties: z.record(text(1_000), text(5_000)),
      }),
    )
    .max(1_000),
  discount: discountShape.nullable(),
  discountTitle: text(1_000),
  shipping: z.object({ title: text(1_000), price: z.number() }).nullable(),
  reserveUntil: text(100).nullable(),
});
