import type { VariantNow } from "~/shopify/variants";
import type { DraftForm, DraftLine } from "./shape";

export type LineNotice =
  /** Shopify has no such variant (any more): the draft cannot be made with this line. */
  | { kind: "gone" }
  /** The product is not sold at the moment; Shopify still takes it in a draft order. */
  | { kind: "not-for-sale" }
  /** Fewer are in stock than the draft asks for; `asked` counts every line of the variant. */
  | { kind: "oversold"; available: number; asked: number };

/** Units by variant that this very draft order has reserved: Shopify counts them as taken. */
export type Reserved = Readonly<Record<string, number>>;

/**
 * What stands at each line about its product, by the line's key. Shopify takes an oversold draft order, and the shopper
 * then cannot pay it: so it is a warning with the stock, not a refusal. Pure.
 */
export function decideStock(
  lines: readonly DraftLine[],
  variants: ReadonlyMap<string, VariantNow>,
  reserved: Reserved = {},
): Record<string, LineNotice> {
  const asked = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    if (variantId) asked.set(variantId, (asked.get(variantId) ?? 0) + Math.max(0, quantity));
  }
  const notices: Record<string, LineNotice> = {};
  for (const line of lines) {
    if (!line.variantId) continue;
    const variant = variants.get(line.variantId);
    const units = asked.get(line.variantId) ?? 0;
    const available = variant?.available == null ? null : variant.available + (reserved[line.variantId] ?? 0);
    if (!variant) notices[line.key] = { kind: "gone" };
    else if (available !== null && units > available) {
      notices[line.key] = { kind: "oversold", available: Math.max(0, available), asked: units };
    } else if (!variant.active) notices[line.key] = { kind: "not-for-sale" };
  }
  return notices;
}

/** What a draft order as it is saved keeps back, while its reservation lasts. Pure. */
export function reservedBy(form: Pick<DraftForm, "lines" | "reserveUntil">, now: Date): Reserved {
  const reserved: Record<string, number> = {};
  if (form.reserveUntil === null || Date.parse(form.reserveUntil) <= now.getTime()) return reserved;
  for (const { variantId, quantity } of form.lines) {
    if (variantId) reserved[variantId] = (reserved[variantId] ?? 0) + quantity;
  }
  return reserved;
}
