import type { Context } from "~/context";
import { hashOfKey, isKey } from "./key";

/** Whether the key that a browser kept, as it came, is one of a visitor of this shop. */
export async function isKnown(ctx: Context, key: unknown): Promise<boolean> {
  if (!isKey(key)) return false;
  const where = { shopId_keyHash: { shopId: ctx.shop.id, keyHash: hashOfKey(key) } };
  return (await ctx.db.prisma.visitor.findUnique({ where, select: { id: true } })) !== null;
}
