/** For how long after staff last wrote to a shopper, their cart's order is that conversation's sale. */
export const creditDays = 7;

/** A conversation with the cart's shopper. */
export interface Talk {
  conversationId: string;
  /** When staff last wrote in it before the order. */
  staffWroteAt: Date | null;
}

/**
 * The conversation that a paid cart is a sale of: the one in which staff last wrote to its shopper, at most
 * `creditDays` before the order. None when nobody of the staff took part, so that a shop's ordinary sales are never
 * counted as assisted. Pure.
 */
export function decideEvidence(talks: readonly Talk[], orderedAt: Date): string | null {
  const since = orderedAt.getTime() - creditDays * 86_400_000;
  let best: { conversationId: string; at: number } | null = null;
  for (const { conversationId, staffWroteAt } of talks) {
    const at = staffWroteAt?.getTime();
    if (at === undefined || at > orderedAt.getTime() || at < since) continue;
    if (!best || at > best.at || (at === best.at && conversationId < best.conversationId))
      best = { conversationId, at };
  }
  return best?.conversationId ?? null;
}
