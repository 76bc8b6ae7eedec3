import type { LineRecord, VariantRecord } from "../records";
import type { ShopStore } from "../store";
import { findVariant } from "./lines";

/** Units held back by open drafts whose reservation has not run out, by variant id. */
export function reservedUnits(shop: ShopStore, now: Date, exceptDraftId?: number): Map<number, number> {
  const reserved = new Map<number, number>();
  for (const draft of shop.all("draftOrder")) {
    if (draft.status === "COMPLETED" || draft.id === exceptDraftId || !draft.reserveInventoryUntil) continue;
    if (new Date(draft.reserveInventoryUntil) <= now) continue;
    for (const line of draft.lines) {
      if (line.variantId !== null) reserved.set(line.variantId, (reserved.get(line.variantId) ?? 0) + line.quantity);
    }
  }
  return reserved;
}

/** How many units a shopper may buy now; Infinity when stock is not tracked or overselling is allowed. */
export function sellable(variant: Readonly<VariantRecord>, reserved: ReadonlyMap<number, number>): number {
  if (!variant.tracked || variant.inventoryPolicy === "CONTINUE") return Number.POSITIVE_INFINITY;
  return Math.max(0, variant.inventoryQuantity - (reserved.get(variant.id) ?? 0));
}

export interface Shortage {
  variantId: number;
  title: string;
  asked: number;
  available: number;
}

/** The lines that stock does not cover, summed by variant; a variant that is gone has none available. */
export function shortages(
  shop: ShopStore,
  lines: readonly LineRecord[],
  now: Date,
  exceptDraftId?: number,
): Shortage[] {
  const reserved = reservedUnits(shop, now, exceptDraftId);
  const asked = new Map<number, { title: string; units: number }>();
  for (const line of lines) {
    if (line.variantId === null) continue;
    const before = asked.get(line.variantId)?.units ?? 0;
    asked.set(line.variantId, { title: titleOf(line), units: before + line.quantity });
  }
  const found: Shortage[] = [];
  for (const [variantId, { title, units }] of asked) {
    const variant = findVariant(shop, variantId)?.variant;
    const available = variant ? sellable(variant, reserved) : 0;
    if (units > available) found.push({ variantId, title, asked: units, available });
  }
  return found;
}

/** "Field Jacket - Olive / M": how Shopify names a variant in sentences. */
export function titleOf(line: { title: string; variantTitle: string | null }): string {
  return line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title;
}

/** Takes the sold units off the shelf; stock of a variant that allows overselling goes below zero. */
export function takeFromStock(shop: ShopStore, lines: readonly LineRecord[], now: Date): void {
  for (const line of lines) {
    if (line.variantId === null) continue;
    const found = findVariant(shop, line.variantId);
    if (!found?.variant.tracked) continue;
    const product = shop.get("product", found.product.id);
    const variant = product?.variants.find((each) => each.id === line.variantId);
    if (!product || !variant) continue;
    variant.inventoryQuantity -= line.quantity;
    product.updatedAt = now.toISOString();
    shop.put("product", product.id, product);
  }
}
