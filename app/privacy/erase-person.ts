import type { Context, StaffActor } from "~/context";
import { bestOf, membersOf } from "~/customers/members";
import { Invalid } from "~/http/errors";
import { addressesOf, erasePerson, standStill } from "./erase-customer";
import type { Receipt } from "./receipt";

/** What staff must type, so that nobody is erased by a slip: the person's name, else their address, else this word. */
function wordToType(leaves: Parameters<typeof bestOf>[0]): string {
  const { name, email, phone } = bestOf(leaves);
  return name?.trim() || email || phone || "erase";
}

/** What staff are told before they erase a person. */
export interface BeforeErasing {
  /** What they must type. */
  word: string;
  /** Records of this app that are the person, and customers of Shopify's among them. */
  leaves: number;
  shopifyCustomers: number;
  conversations: number;
}

/** Throws NotFound. */
export async function beforeErasing(ctx: Context<StaffActor>, customerId: string): Promise<BeforeErasing> {
  const { prisma } = ctx.db;
  const { leaves, customerIds, shopifyCustomerIds } = await membersOf(prisma, ctx.shop.id, customerId);
  const where = { shopId: ctx.shop.id, customerId: { in: customerIds } };
  return {
    word: wordToType(leaves),
    leaves: customerIds.length,
    shopifyCustomers: shopifyCustomerIds.length,
    conversations: await prisma.conversation.count({ where }),
  };
}

/**
 * A member of staff erases a person: all leaves that staff hold for one person, with every customer of Shopify's among
 * them, whose own record in Shopify stays. `typed` must be what `wordToType` says. Throws NotFound and Invalid.
 */
export async function eraseByStaff(
  ctx: Context<StaffActor>,
  input: { customerId: string; typed: string },
): Promise<Receipt> {
  return ctx.db.prisma.$transaction(
    async (tx) => {
      await standStill(tx, ctx);
      const { leaves, customerIds, shopifyCustomerIds } = await membersOf(tx, ctx.shop.id, input.customerId);
      const word = wordToType(leaves);
      if (input.typed.trim().toLowerCase() !== word.toLowerCase()) {
        throw new Invalid([{ field: "typed", message: `Type “${word}” to confirm.` }]);
      }
      const addresses = await addressesOf(tx, ctx, customerIds, shopifyCustomerIds);
      const merged =
        customerIds.length > 1
          ? [`The person had been merged from ${customerIds.length} records of this app; all of them were erased.`]
          : [];
      return erasePerson(tx, ctx, { customerIds, gids: shopifyCustomerIds, ...addresses }, merged);
    },
    { timeout: 300_000, maxWait: 10_000 },
  );
}
