import type { ShopOfContext } from "~/context";
import { emailKey, phoneKey } from "./mirror/contact-keys";
import { erasedOf } from "./mirror/erased";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import type { Keeper } from "./mirror/speak";
import { subjectsOf } from "./mirror/subjects";
import { type Kept, nothingKept } from "./mirror/table";
import { orderTable } from "./mirror/tables";
import type { OrderKept } from "./order";
import { orderStory } from "./story/order-story";

/**
 * Keeps orders as Shopify told them at `toldAt`, and tells their story, in the caller's transaction (of Prisma or of a client of `pg`).
 * Late, repeated and out of order it comes to the same. The order of an erased person is kept without the person.
 */
export async function keepOrders(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  orders: readonly OrderKept[],
  toldAt: Date,
): Promise<Kept> {
  if (orders.length === 0 || !(await hold(tx, shop.id, "orders"))) return nothingKept();
  const people = orders.map((one) => ({
    gid: one.customerId,
    email: one.email,
    phone: one.phone,
    at: one.processedAt,
  }));
  const erased = await erasedOf(tx, shop.id, people);
  const nobody = { customerId: null, email: null, phone: null, cartId: null, cartToken: null };
  const kept = orders.map((order, index) => (erased[index] ? { ...order, ...nobody } : order));
  const subjects = await subjectsOf(tx, shop.id, kept);
  const rows = kept.map((order, index) => ({
    ...order,
    emailKey: emailKey(order.email),
    phoneKey: phoneKey(order.phone),
    subjectId: subjects[index] ?? "",
  }));
  return keep(tx, orderTable, shop.id, rows, toldAt, { before: orderStory, now: orderStory });
}
