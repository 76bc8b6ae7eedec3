import { subjectOf } from "~/timeline/subject";
import { type Keeper, rowsOf } from "./speak";

/** What says whose story a record belongs to. */
interface Owned {
  id: string;
  customerId: string | null;
  cartId: string | null;
}

/**
 * Whose story each record is told in: its Shopify customer's; without one, that of the browser whose cart it was; else one of its own,
 * which is joined to a person when somebody finds out whose it is.
 */
export async function subjectsOf(tx: Keeper, shopId: string, records: readonly Owned[]): Promise<string[]> {
  const carts = records.flatMap((one) => (one.customerId === null && one.cartId !== null ? [one.cartId] : []));
  const visitors = new Map<string, string>();
  if (carts.length > 0) {
    const found = await rowsOf<{ id: string; visitorId: string }>(
      tx,
      `SELECT "id"::text, "visitorId"::text FROM "cart"
        WHERE "shopId" = $1::uuid AND "id" = ANY($2::uuid[]) AND "visitorId" IS NOT NULL`,
      [shopId, [...new Set(carts)]],
    );
    for (const { id, visitorId } of found) visitors.set(id, visitorId);
  }
  return records.map((one) => {
    const visitor = one.customerId === null && one.cartId !== null ? visitors.get(one.cartId) : undefined;
    return visitor ?? subjectOf(shopId, one.customerId ?? one.id);
  });
}
