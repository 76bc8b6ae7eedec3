import { lineOf } from "../commerce/lines";
import type { AttributeRecord, LineRecord } from "../records";
import type { ShopStore } from "../store";
import type { Random } from "./random";

/** Everything on sale, for drawing lines from: an ordinary product's and a gift card's variant ids. */
export interface Shelf {
  goods: { productId: number; variantIds: number[]; pull: number }[];
  giftCards: number[];
}

/** What the shop sells now; a product tagged `bestseller` is drawn four times as often. */
export function shelfOf(shop: ShopStore): Shelf {
  const shelf: Shelf = { goods: [], giftCards: [] };
  for (const product of shop.all("product")) {
    if (product.status !== "ACTIVE") continue;
    const ids = product.variants.map((variant) => variant.id);
    if (product.productType === "Gift cards") shelf.giftCards.push(...ids);
    else
      shelf.goods.push({ productId: product.id, variantIds: ids, pull: product.tags.includes("bestseller") ? 4 : 1 });
  }
  return shelf;
}

/** One to five lines of different products, mostly one unit each; at least `units` units in all. */
export function drawLines(shop: ShopStore, shelf: Shelf, random: Random, units = 1): LineRecord[] {
  const count = random.weighted([
    [48, 1],
    [28, 2],
    [14, 3],
    [7, 4],
    [3, 5],
  ]);
  const chosen = new Map<number, number>();
  const choices = shelf.goods.map((each) => [each.pull, each] as const);
  while (chosen.size < Math.min(count, shelf.goods.length)) {
    const goods = random.weighted(choices);
    if (!chosen.has(goods.productId)) chosen.set(goods.productId, random.pick(goods.variantIds));
  }
  const lines = [...chosen.values()].map((variantId) =>
    lineOf(
      shop,
      variantId,
      random.weighted([
        [82, 1],
        [13, 2],
        [5, 3],
      ]),
      attributesOf(random),
    ),
  );
  const [first] = lines;
  const short = units - lines.reduce((sum, line) => sum + line.quantity, 0);
  if (first && short > 0) first.quantity += short;
  return lines;
}

function attributesOf(random: Random): AttributeRecord[] {
  if (random.chance(0.03))
    return [{ key: "Engraving", value: random.pick(["F. & M. 2026", "Tilbage kl. 4", "מזל טוב"]) }];
  return random.chance(0.03) ? [{ key: "Gift wrap", value: "Yes" }] : [];
}
