import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import { appendTo, lockHead } from "./append";
import type { Audited } from "./catalogue";

/**
 * Writes to the audit log that `ctx.actor` did something, in the transaction that makes it true. Call it as the last
 * thing of the transaction: it holds the end of the shop's chain until the commit, so that everybody takes locks in the
 * same order and nobody waits longer than needed.
 *
 * An entry can never be changed or erased while its shop is here, also not when the person whom it is about is: it names
 * them by our own id only, which points at nothing once they are erased. So nothing else of a person may stand in
 * `detail`, and Shopify's ids of them neither.
 */
export async function audit(tx: Transaction, ctx: Context, ...told: Audited[]): Promise<void> {
  await appendTo(tx, ctx, await lockHead(tx, ctx.shop.id), told);
}
