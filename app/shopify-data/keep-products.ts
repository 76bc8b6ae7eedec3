import type { ShopOfContext } from "~/context";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import type { Keeper } from "./mirror/speak";
import { type Kept, nothingKept } from "./mirror/table";
import { productTable } from "./mirror/tables";
import { wordsOf } from "./mirror/words";
import type { ProductKept } from "./product";

/** Keeps products as Shopify told them at `toldAt`, with the words they are found by, in the caller's transaction. */
export async function keepProducts(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  products: readonly ProductKept[],
  toldAt: Date,
): Promise<Kept> {
  if (products.length === 0 || !(await hold(tx, shop.id, "products"))) return nothingKept();
  const rows = products.map((one) => ({ ...one, words: findable(one) }));
  return keep(tx, productTable, shop.id, rows, toldAt);
}

function findable(product: ProductKept): string {
  const variants = product.variants.flatMap(({ title, sku, barcode }) => [title, sku, barcode]);
  return wordsOf(product.title, product.vendor, product.type, ...product.tags, ...variants);
}
