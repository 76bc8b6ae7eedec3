import type { Loader } from "../protocol";

/** Tells the app what has come to this browser and what the shopper has seen of it, each position once. */
export class Receipts {
  private delivered = 0;

  constructor(private readonly loader: Pick<Loader, "call">) {}

  /** Says how far the chat has come here; true when that is further than was seen before. */
  tell(conversation: { id: string; shopperSeen: number }, position: number, isSeen: boolean): boolean {
    const before = isSeen ? conversation.shopperSeen : Math.max(this.delivered, conversation.shopperSeen);
    if (position <= before) return false;
    this.delivered = position;
    const told = { conversationId: conversation.id, position, what: isSeen ? "seen" : "delivered" };
    void this.loader.call("/storefront/receipts", told).catch(() => {});
    return isSeen;
  }
}
