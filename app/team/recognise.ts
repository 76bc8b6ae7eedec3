import type { Context, StaffActor } from "~/context";
import { Unproven } from "~/http/errors";
import { newId } from "~/platform/ids";

/** What Shopify says of the person who is signed in to the admin. */
export interface SignedInUser {
  id: number;
  first_name: string;
  last_name: string;
  email?: string;
  locale?: string;
}

/** The member of staff that an online session belongs to; their row follows the name that Shopify has for them. */
export async function recognise(ctx: Omit<Context, "actor">, user: SignedInUser | undefined): Promise<StaffActor> {
  if (!user) throw new Unproven();
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ").trim() || "Staff";
  const told = { name, email: user.email ?? null, locale: user.locale ?? "en" };
  const key = { shopId: ctx.shop.id, shopifyUserId: String(user.id) };
  const known = await ctx.db.prisma.staff.findUnique({ where: { shopId_shopifyUserId: key } });
  const unchanged = known && known.name === told.name && known.email === told.email && known.locale === told.locale;
  const staff = unchanged
    ? known
    : await ctx.db.prisma.staff.upsert({
        where: { shopId_shopifyUserId: key },
        create: { ...key, ...told, id: newId(ctx.clock.now()), createdAt: ctx.clock.now() },
        update: told,
      });
  return { kind: "staff", id: staff.id, name: staff.name, shopifyUserId: staff.shopifyUserId };
}
