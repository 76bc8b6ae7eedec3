import type { Context } from "~/context";

export interface Reach {
  possible: boolean;
  /** A sentence for staff: where a first message would go, or why there is nowhere. */
  words: string;
}

/** Where a first message to a Shopify customer would go: the browser on which they were last signed in to the storefront. */
export async function reachOf(ctx: Context, shopifyCustomerId: string | null): Promise<Reach> {
  if (!shopifyCustomerId) return { possible: false, words: "This order has no customer to write to." };
  const visitor = await signedInBrowser(ctx, shopifyCustomerId);
  return visitor
    ? { possible: true, words: "It goes to the chat on your store, where they see it on their next visit." }
    : {
        possible: false,
        words:
          "They have not been signed in to your store since the chat is there, so a message cannot reach them yet.",
      };
}

/** The browser that the storefront last vouched for as theirs: nobody else's may show what is written to them. */
export async function signedInBrowser(ctx: Context, shopifyCustomerId: string): Promise<string | null> {
  const found = await ctx.db.prisma.visitor.findFirst({
    where: { shopId: ctx.shop.id, signedInAs: shopifyCustomerId, customer: { shopifyCustomerId } },
    orderBy: { lastSeenAt: "desc" },
    select: { id: true },
  });
  return found?.id ?? null;
}
