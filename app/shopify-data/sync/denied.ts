import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { type Kind, kinds } from "../kinds";

/**
 * Writes down which protected fields of a kind Shopify refused in its last answer, so that null there is known for what it is. `paths` are
 * those of the answer (`orders.edges.node.customer.email`): the field's own name is kept.
 */
export async function noteDenied(
  tx: Transaction,
  ctx: Pick<Context, "shop" | "clock">,
  kind: Kind,
  paths: readonly string[],
): Promise<void> {
  const fields = [...new Set(paths.map((path) => path.split(".").at(-1) ?? ""))].filter(Boolean).sort();
  const shopId = ctx.shop.id;
  const known = await tx.shopifyDenied.findUnique({ where: { shopId_kind: { shopId, kind } } });
  if (known ? known.fields.join() === fields.join() : fields.length === 0) return;
  const told = { fields, toldAt: ctx.clock.now() };
  await tx.shopifyDenied.upsert({
    where: { shopId_kind: { shopId, kind } },
    create: { shopId, kind, ...told },
    update: told,
  });
}

/** What Shopify does not let us see in this shop, by kind; kinds of which everything may be seen are left out. */
export async function deniedFields(ctx: Pick<Context, "shop" | "db">): Promise<{ kind: Kind; fields: string[] }[]> {
  const rows = await ctx.db.prisma.shopifyDenied.findMany({ where: { shopId: ctx.shop.id } });
  return kinds.flatMap((kind) => {
    const fields = rows.find((row) => row.kind === kind)?.fields ?? [];
    return fields.length > 0 ? [{ kind, fields }] : [];
  });
}
