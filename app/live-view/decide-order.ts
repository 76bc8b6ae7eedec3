import type { LiveCart, LiveFilter, LiveSort } from "./live-cart";

/** Whether a cart passes the filter. Pure. */
export function passes(cart: LiveCart, filter: LiveFilter): boolean {
  if (filter.chat === "with" && !cart.conversation) return false;
  if (filter.chat === "without" && cart.conversation) return false;
  if (filter.identifiedOnly && !cart.shopper?.identified) return false;
  if (filter.valueFrom !== null && cart.total < filter.valueFrom) return false;
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = textOf(cart);
  return words.every((word) => text.includes(word));
}

/**
 * The carts in the order asked for, largest or latest first and equal ones by id, so that the same carts always stand in
 * the same order. Pure.
 */
export function inOrder(carts: readonly LiveCart[], sort: LiveSort): LiveCart[] {
  return carts.toSorted((one, other) => {
    const difference = rank(other, sort) - rank(one, sort);
    return difference !== 0 ? difference : one.id < other.id ? -1 : 1;
  });
}

/**
 * The order to show while someone points at or works in the list: what is there keeps its place, what is new comes
 * below, so that nothing moves under the pointer. Pure.
 */
export function held(shownIds: readonly string[], wanted: readonly LiveCart[]): LiveCart[] {
  const place = new Map(shownIds.map((id, index) => [id, index]));
  const known = wanted.filter((cart) => place.has(cart.id));
  known.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
  return [...known, ...wanted.filter((cart) => !place.has(cart.id))];
}

function rank(cart: LiveCart, sort: LiveSort): number {
  switch (sort) {
    case "value":
      return cart.total;
    case "changed":
      return Date.parse(cart.changedAt);
    case "time":
      // The longest on the site first, those who left after all who are here.
      return cart.shopper?.here ? -Date.parse(cart.shopper.since) : -Number.MAX_SAFE_INTEGER;
  }
}

function textOf(cart: LiveCart): string {
  const { shopper } = cart;
  const words = [
    shopper?.name,
    shopper?.email,
    shopper?.page?.title,
    shopper?.page?.path,
    cart.draftOrder?.name,
    ...cart.lines.flatMap((line) => [line.title, line.variantTitle]),
  ];
  return words.filter(Boolean).join("\n").toLowerCase();
}
