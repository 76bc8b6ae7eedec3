import type { CartLine } from "~/carts/cart";
import type { VariantNow } from "~/shopify/variants";
import type { DraftForm, DraftLine } from "./shape";

export interface CartForDraft {
  id: string;
  currency: string;
  /** Minor units, after all discounts. */
  total: number;
  lines: readonly CartLine[];
  discountCodes: readonly string[];
  note: string | null;
}

export interface Filled {
  form: DraftForm;
  /** The cart is priced in this currency, not in the shop's: prices come from the products, its discount does not. */
  otherCurrency: string | null;
}

/**
 * The form of a draft order that costs what the cart costs. Prices are the products' own as Shopify has them now; what
 * the cart takes off (codes, automatic discounts) becomes one discount on the order that staff see and can change.
 * Lines of a product with no variant left in `variants` stay, so that staff see what is missing. Pure.
 */
export function decideForm(input: {
  id: string;
  conversationId: string | null;
  person: { email: string | null; shopifyCustomerId: string | null } | null;
  cart: CartForDraft | null;
  /** By gid; null when Shopify could not be asked: the cart's own words and prices stand then. */
  variants: ReadonlyMap<string, VariantNow> | null;
  currency: string;
}): Filled {
  const { cart, variants } = input;
  const otherCurrency = cart && cart.currency !== input.currency ? cart.currency : null;
  const lines = (cart?.lines ?? []).map((line) =>
    draftLine(line, variants?.get(line.variantId), otherCurrency !== null),
  );
  const full = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const off = cart && !otherCurrency ? full - cart.total : 0;
  return {
    otherCurrency,
    form: {
      id: input.id,
      conversationId: input.conversationId,
      cartId: cart?.id ?? null,
      shopifyCustomerId: input.person?.shopifyCustomerId ?? null,
      email: input.person?.email ?? "",
      note: cart?.note ?? "",
      tags: [],
      lines,
      discount: off > 0 ? { kind: "amount", value: off } : null,
      discountTitle: off > 0 ? cart?.discountCodes.join(", ") || "Discount of the cart" : "",
      shipping: null,
      reserveUntil: null,
    },
  };
}

function draftLine(line: CartLine, now: VariantNow | undefined, otherCurrency: boolean): DraftLine {
  return {
    key: line.key,
    variantId: line.variantId,
    title: now?.productTitle ?? line.title,
    variantTitle: now ? now.variantTitle : line.variantTitle,
    sku: now?.sku ?? line.sku,
    image: line.image ?? now?.image ?? null,
    quantity: line.quantity,
    price: now?.price ?? (otherCurrency ? 0 : line.price),
    discount: null,
    properties: line.properties,
  };
}
