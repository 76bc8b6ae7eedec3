import type { ShopOfContext } from "~/context";
import type { CompanyKept } from "./company";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import type { Keeper } from "./mirror/speak";
import { type Kept, nothingKept } from "./mirror/table";
import { companyTable } from "./mirror/tables";

/** Keeps companies that buy, with their people and places, as Shopify told them at `toldAt`. */
export async function keepCompanies(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  companies: readonly CompanyKept[],
  toldAt: Date,
): Promise<Kept> {
  if (companies.length === 0 || !(await hold(tx, shop.id, "companies"))) return nothingKept();
  return keep(tx, companyTable, shop.id, companies, toldAt);
}
