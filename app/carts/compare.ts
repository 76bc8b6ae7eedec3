import type { CartLine } from "./cart";

interface Kept {
  currency: string;
  total: number;
  lines: unknown;
  discountCodes: string[];
  note: string | null;
}

/** The lines as kept in the row. */
export function linesOf(cart: { lines: unknown }): CartLine[] {
  return cart.lines as CartLine[];
}

/** Whether both say the same to a person: lines in order with quantity and money, discount codes and note. */
export function isSameCart(one: Kept, other: Kept): boolean {
  return (
    one.currency === other.currency &&
    one.total === other.total &&
    one.note === other.note &&
    one.discountCodes.join("\n") === other.discountCodes.join("\n") &&
    JSON.stringify(linesOf(one).map(shown)) === JSON.stringify(linesOf(other).map(shown))
  );
}

function shown(line: CartLine): unknown[] {
  return [
    line.variantId,
    line.quantity,
    line.price,
    line.lineTotal,
    line.title,
    line.variantTitle,
    line.image,
    Object.entries(line.properties).sort(),
  ];
}

/** Units by variant (gid). */
export type Units = Record<string, number>;

/** How many units of each variant the lines hold; lines without a variant count for nothing. */
export function unitsOf(lines: readonly { variantId: string | null; quantity: number }[]): Units {
  const units: Units = {};
  for (const { variantId, quantity } of lines) if (variantId) units[variantId] = (units[variantId] ?? 0) + quantity;
  return units;
}

/** The larger of both for each variant. */
export function mostOf(one: Units, other: Units): Units {
  const most = { ...one };
  for (const [variantId, units] of Object.entries(other)) most[variantId] = Math.max(units, most[variantId] ?? 0);
  return most;
}

/**
 * The lines with `units` more of each variant counted as paid by a draft order, as far as they are there; all that is
 * there when `units` is null.
 */
export function settle(lines: readonly CartLine[], units: Units | null): CartLine[] {
  const left = { ...units };
  return lines.map((line) => {
    const unpaid = line.quantity - (line.settled ?? 0);
    const paid = units ? Math.min(unpaid, left[line.variantId] ?? 0) : unpaid;
    left[line.variantId] = (left[line.variantId] ?? 0) - paid;
    return paid > 0 ? { ...line, settled: (line.settled ?? 0) + paid } : line;
  });
}

/**
 * The new lines with the settled units of the old ones: what a shopper adds after the payment stays theirs. Units that
 * are no longer there were settled ones: a page that took them out may be gone before it could say so. Lines are matched
 * by key, and what is left over by variant, because a changed property gives a line another key.
 */
export function withSettled(next: readonly CartLine[], before: readonly CartLine[]): CartLine[] {
  const owed = before.filter((line) => (line.settled ?? 0) > 0).map((line) => ({ ...line, left: line.settled ?? 0 }));
  const has = unitsOf(next);
  const gone = Object.fromEntries(
    Object.entries(unitsOf(before)).map(([variantId, had]) => [variantId, Math.max(0, had - (has[variantId] ?? 0))]),
  );
  for (const debt of owed) {
    const done = Math.min(debt.left, gone[debt.variantId] ?? 0);
    debt.left -= done;
    gone[debt.variantId] = (gone[debt.variantId] ?? 0) - done;
  }
  const lines = next.map((line) => ({ ...line, settled: 0 }));
  for (const isMatch of [
    (one: CartLine, other: CartLine) => one.key === other.key,
    (one: CartLine, other: CartLine) => one.variantId === other.variantId,
  ]) {
    for (const line of lines) {
      for (const debt of owed) {
        if (!isMatch(line, debt)) continue;
        const units = Math.min(debt.left, line.quantity - line.settled);
        line.settled += units;
        debt.left -= units;
      }
    }
  }
  return lines.map(({ settled, ...line }) => (settled > 0 ? { ...line, settled } : line));
}

/** Quantities by line key that take the settled units out, or null when there are none. */
export function settledUpdates(lines: readonly CartLine[]): Record<string, number> | null {
  const updates: Record<string, number> = {};
  for (const line of lines) {
    if (line.settled) updates[line.key] = Math.max(0, line.quantity - line.settled);
  }
  return Object.keys(updates).length > 0 ? updates : null;
}
