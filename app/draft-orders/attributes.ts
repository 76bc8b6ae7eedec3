import { isId } from "~/platform/ids";

/**
 * Names of the attributes that tie a draft order, and the order it becomes, to what we know. Two underscores keep them
 * from themes and from the shopper; staff see them in the admin. The cart's own attribute, `cartAttribute` of
 * `app/carts/cart.ts`, has another name on purpose: it says that the cart itself was checked out.
 */
export const attributeNames = {
  /** Our own id of the draft order. Chosen before Shopify is asked, so that a draft is found again by it. */
  draft: "__throughline_draft",
  conversation: "__throughline_conversation",
  cart: "__throughline_cart",
} as const;

export interface Ties {
  draftOrderId: string | null;
  conversationId: string | null;
  cartId: string | null;
}

/** The ties as attributes for Shopify, leaving out those that are not there. */
export function attributesOf(ties: Ties): { key: string; value: string }[] {
  const pairs = [
    { key: attributeNames.draft, value: ties.draftOrderId },
    { key: attributeNames.conversation, value: ties.conversationId },
    { key: attributeNames.cart, value: ties.cartId },
  ];
  return pairs.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }]));
}

/**
 * The ties in attributes that came back. Anyone can write attributes into an order, so what is no id is nothing; whether
 * an id is this shop's is for the reader to check.
 */
export function tiesIn(attributes: readonly { key: string; value?: string | null }[]): Ties {
  const read = (key: string) => {
    const value = attributes.find((one) => one.key === key)?.value;
    return isId(value) ? value.toLowerCase() : null;
  };
  return {
    draftOrderId: read(attributeNames.draft),
    conversationId: read(attributeNames.conversation),
    cartId: read(attributeNames.cart),
  };
}
