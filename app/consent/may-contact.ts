import type { Context } from "~/context";
import { membersOf } from "~/customers/members";
import type { Transaction } from "~/db.server";
import { isErased } from "~/privacy/tombstones";
import { currentConsents } from "./current";
import { decideContact, type Verdict, type Wish } from "./decide-contact";

export interface ContactWish extends Wish {
  /** The person: any of their leaves; or null when only a browser is known. */
  customerId: string | null;
  visitorId?: string | null;
}

/**
 * The one question before anything that is not an answer goes to a person: a campaign, a reminder of a cart, a survey,
 * following their pages, recording their voice. Asked when it is about to happen and in its transaction, never when it is
 * put into a queue, so that a withdrawal acts at once. Over all leaves of the person and their browsers.
 */
export async function mayContact(
  tx: Transaction,
  ctx: Pick<Context, "shop">,
  { customerId, visitorId = null, ...wish }: ContactWish,
): Promise<Verdict> {
  const shopId = ctx.shop.id;
  const customerIds = customerId ? (await membersOf(tx, shopId, customerId)).customerIds : [];
  const visitorIds = visitorId ? [visitorId] : [];
  if (wish.endpoint && wish.purpose !== "service") {
    const { kind, value } = wish.endpoint;
    if (await isErased(tx, shopId, kind === "email" ? { email: value } : { phone: value })) {
      return { allowed: false, because: "erased" };
    }
  }
  return decideContact(wish, await currentConsents(tx, shopId, { customerIds, visitorIds, allBrowsers: true }));
}
