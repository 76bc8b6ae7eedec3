import type { ShopOfContext } from "~/context";
import type { CompanyKept } from "./company";
import { erasedOf } from "./mirror/erased";
import { hold } from "./mirror/hold";
import { keep } from "./mirror/keep";
import type { Keeper } from "./mirror/speak";
import { type Kept, nothingKept } from "./mirror/table";
import { companyTable } from "./mirror/tables";

/** Keeps companies that buy, with their people and places, as Shopify told them at `toldAt`. Without who was erased. */
export async function keepCompanies(
  tx: Keeper,
  shop: Pick<ShopOfContext, "id">,
  companies: readonly CompanyKept[],
  toldAt: Date,
): Promise<Kept> {
  if (companies.length === 0 || !(await hold(tx, shop.id, "companies"))) return nothingKept();
  const people = companies.flatMap(({ contacts }) => contacts.map(({ customerId }) => ({ gid: customerId })));
  const erased = await erasedOf(tx, shop.id, people);
  const gone = new Set(people.flatMap(({ gid }, index) => (erased[index] && gid ? [gid] : [])));
  const isThere = ({ customerId }: { customerId: string | null }) => customerId === null || !gone.has(customerId);
  const rows = companies.map((one) => ({ ...one, contacts: one.contacts.filter(isThere) }));
  return keep(tx, companyTable, shop.id, rows, toldAt);
}
