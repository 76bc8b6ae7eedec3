import { z } from "zod";
import { cleanLine } from "~/platform/clean-line";
import { type CartSnapshot, productGid, variantGid } from "./cart";
import { fromHundredths } from "./money";

/** Cut after `most` UTF-16 units; without NUL and half pairs (the cut's own included), which PostgreSQL cannot keep. */
const clean = (value: string, most: number): string => value.replaceAll("\u0000", "").slice(0, most).toWellFormed();
const text = (most: number) => z.string().transform((value) => cleanLine(value, most));
const hundredths = z.number().min(-1e11).max(1e11);
const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
/** Only addresses that a picture or a page can have; anything else counts as none. */
const address = z
  .string()
  .max(2_000)
  .nullish()
  .transform((value) => (value && /^(https?:\/\/|\/)[^\p{Cc}\s]*$/u.test(value) ? clean(value, 2_000) : null));

/** What the page sends of `cart.js`: the names are Shopify's, the amounts hundredths, the token without its key. */
export const snapshotBody = z.object({
  /** Milliseconds since 1970 when the page began to read the cart, by the server's clock. */
  at: z.number().int().min(0).max(8.64e15),
  settled: z.boolean().default(false),
  cart: z.object({
    token: z
      .string()
      .max(200)
      .transform((value) => clean(value.split("?")[0] as string, 200)),
    currency: z.string().regex(/^[A-Z]{3}$/),
    total_price: hundredths,
    note: z
      .string()
      .transform((value) => clean(value, 2_000))
      .nullish(),
    discount_codes: z
      .array(z.object({ code: text(100), applicable: z.boolean().default(true) }))
      .max(50)
      .default([]),
    items: z
      .array(
        z.object({
          key: z
            .string()
            .min(1)
            .max(200)
            .transform((value) => clean(value, 200)),
          variant_id: id,
          product_id: id.nullish(),
          product_title: text(300),
          variant_title: text(300).nullish(),
          sku: text(100).nullish(),
          image: address,
          url: address,
          quantity: z.number().int().min(1).max(1_000_000),
          original_price: hundredths,
          final_line_price: hundredths,
          properties: z.record(z.string().max(100), z.unknown()).nullish().catch(null),
        }),
      )
      .max(500),
  }),
});

/** The snapshot in our words. */
export function toSnapshot({ at, settled, cart }: z.output<typeof snapshotBody>): CartSnapshot {
  const { currency } = cart;
  return {
    token: cart.token,
    currency,
    total: fromHundredths(cart.total_price, currency),
    itemCount: cart.items.reduce((sum, item) => sum + item.quantity, 0),
    discountCodes: cart.discount_codes.filter((each) => each.applicable).map((each) => each.code),
    note: cart.note || null,
    at: new Date(at),
    settled,
    lines: cart.items.map((item) => ({
      key: item.key,
      variantId: variantGid(item.variant_id),
      productId: item.product_id ? productGid(item.product_id) : null,
      title: item.product_title,
      variantTitle: item.variant_title || null,
      sku: item.sku || null,
      image: item.image,
      url: item.url,
      quantity: item.quantity,
      price: fromHundredths(item.original_price, currency),
      lineTotal: fromHundredths(item.final_line_price, currency),
      properties: Object.fromEntries(
        Object.entries(item.properties ?? {})
          .slice(0, 50)
          .flatMap(([name, value]) =>
            value === null || value === "" ? [] : [[cleanLine(name, 100), cleanLine(String(value), 500)]],
          ),
      ),
    })),
  };
}
