import type { Cart } from "@prisma/client";
import { z } from "zod";
import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { newId } from "~/platform/ids";
import { toMinor } from "~/platform/money";
import { type CartLine, productGid, variantGid } from "./cart";
import { isSameCart, linesOf, withSettled } from "./compare";

const money = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d{1,12}(\.\d*)?$/));
const moneySet = z.object({ presentment_money: z.object({ amount: money, currency_code: z.string() }) }).partial();

/** The part of a carts/create or carts/update payload that is used. It has neither customer nor attributes. */
export const cartPayload = z.object({
  token: z.string().min(1),
  updated_at: z.string().optional(),
  note: z.string().nullish(),
  line_items: z.array(
    z.object({
      key: z.string().nullish(),
      variant_id: z.number().nullish(),
      product_id: z.number().nullish(),
      title: z.string(),
      quantity: z.number().int(),
      price: money,
      line_price: money.nullish(),
      sku: z.string().nullish(),
      properties: z.record(z.string(), z.unknown()).nullish(),
      price_set: moneySet.nullish(),
      line_price_set: moneySet.nullish(),
    }),
  ),
});

export type CartPayload = z.infer<typeof cartPayload>;

/**
 * Takes what a carts webhook tells, as a backstop for browsers that told nothing: a cart unknown so far is kept without
 * a visitor, a known one is changed when the webhook is newer. Pictures and variant titles, which the payload does not
 * have, stay from what the browser told. `at` is when Shopify made it, for payloads without `updated_at`.
 */
export async function fromWebhook(ctx: Context, payload: CartPayload, at: Date): Promise<void> {
  const token = payload.token.split("?")[0] as string;
  const told = payload.updated_at ? new Date(payload.updated_at) : at;
  const snapshotAt = Number.isNaN(told.getTime()) ? at : told;
  await change(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "cart" WHERE "shopId" = ${ctx.shop.id}::uuid AND "token" = ${token} FOR UPDATE`;
    const known = await tx.cart.findUnique({ where: { shopId_token: { shopId: ctx.shop.id, token } } });
    if (known && (known.status === "ordered" || known.snapshotAt.getTime() >= snapshotAt.getTime())) return;
    if (!known && payload.line_items.length === 0) return;
    await keep(tx, ctx, token, known, payload, snapshotAt);
  });
}

async function keep(
  tx: Transaction,
  ctx: Context,
  token: string,
  known: Cart | null,
  payload: CartPayload,
  snapshotAt: Date,
): Promise<void> {
  const currency =
    payload.line_items[0]?.price_set?.presentment_money?.currency_code ?? known?.currency ?? ctx.shop.currency;
  const before = known ? linesOf(known) : [];
  const lines = withSettled(
    payload.line_items.flatMap((item) => lineOf(item, currency, before) ?? []),
    before,
  );
  const now = ctx.clock.now();
  const columns = {
    currency,
    // The payload has no total; discounts on the whole cart are known only to the browser.
    total: lines.reduce((sum, line) => sum + line.lineTotal, 0),
    itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
    lines: lines as object[],
    note: payload.note || null,
    source: "webhook",
    snapshotAt,
  };
  const isEmpty = lines.length === 0;
  const status = isEmpty ? "emptied" : "active";
  // The same lines: what the browser told of totals and codes is better than what this payload has.
  const same = known && isSameCart(known, { ...columns, total: known.total, discountCodes: known.discountCodes });
  if (same && known.status === status) return;
  const cart = known
    ? await tx.cart.update({
        where: { shopId_id: { shopId: ctx.shop.id, id: known.id } },
        data: {
          ...columns,
          status,
          changedAt: now,
          ...(lines.some((line) => line.settled) ? {} : { emptyRequestedAt: null }),
        },
      })
    : await tx.cart.create({
        data: { shopId: ctx.shop.id, id: newId(now), token, status, createdAt: now, changedAt: now, ...columns },
      });
  const visitor = cart.visitorId
    ? await tx.visitor.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: cart.visitorId } } })
    : null;
  const subjects = { cartId: cart.id, visitorId: cart.visitorId, customerId: visitor?.customerId ?? null };
  if (isEmpty) await record(tx, ctx, "cart.emptied", {}, subjects);
  else {
    const { total, itemCount } = cart;
    await record(tx, ctx, "cart.changed", { total, itemCount, currency }, subjects);
  }
}

function lineOf(
  item: CartPayload["line_items"][number],
  currency: string,
  before: readonly CartLine[],
): CartLine | null {
  if (!item.variant_id || item.quantity < 1) return null;
  const variantId = variantGid(item.variant_id);
  const key = item.key ?? String(item.variant_id);
  const twin = before.find((line) => line.key === key) ?? before.find((line) => line.variantId === variantId);
  const price = toMinor(item.price_set?.presentment_money?.amount ?? item.price, currency);
  const linePrice = item.line_price_set?.presentment_money?.amount ?? item.line_price;
  return {
    key,
    variantId,
    productId: item.product_id ? productGid(item.product_id) : null,
    title: twin?.title ?? item.title,
    variantTitle: twin?.variantTitle ?? null,
    sku: item.sku || null,
    image: twin?.image ?? null,
    url: twin?.url ?? null,
    quantity: item.quantity,
    price,
    lineTotal: linePrice ? toMinor(linePrice, currency) : price * item.quantity,
    properties: Object.fromEntries(
      Object.entries(item.properties ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
    ),
  };
}
