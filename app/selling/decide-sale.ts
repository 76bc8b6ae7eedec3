/** What is known of an order that might count as a sale of a conversation. */
export interface SaleFacts {
  /** gid://shopify/Order/… */
  orderId: string;
  at: Date;
  evidence: Evidence;
}

/** draft-order: a draft order made in this conversation was paid. cart: the cart shown in it was paid. */
export type Evidence = "draft-order" | "cart";

/**
 * Which of two paid orders of the same cart is its sale. A cart counts once: the one paid first, and for the same
 * moment the one with the stronger evidence, then the lower id, so that whichever webhook comes first the answer is the
 * same. See docs/decisions/0007-one-sale-a-cart.md. Pure.
 */
export function decideSale(one: SaleFacts, other: SaleFacts): SaleFacts {
  if (one.orderId === other.orderId) return strength(one) >= strength(other) ? one : other;
  const difference = one.at.getTime() - other.at.getTime();
  if (difference !== 0) return difference < 0 ? one : other;
  if (strength(one) !== strength(other)) return strength(one) > strength(other) ? one : other;
  return one.orderId < other.orderId ? one : other;
}

function strength({ evidence }: SaleFacts): number {
  return evidence === "draft-order" ? 2 : 1;
}
