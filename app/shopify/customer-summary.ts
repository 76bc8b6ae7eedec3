import type { ShopOfContext } from "~/context";
import { refuse } from "./admin-errors";
import { adminFor } from "./admin-for";
import { CustomerSummaryDeleteDocument, CustomerSummarySetDocument } from "./queries/generated";

/** A metafield in the app's own namespace; null takes it away. */
export interface OwnField {
  key: string;
  type: string;
  value: string | null;
}

/** Resolved by Shopify to a namespace that only this app may write. */
const namespace = "$app";

/**
 * Writes the app's own metafields of a customer. Answers false when Shopify no longer has the customer, true otherwise.
 * Throws what the Admin API throws.
 */
export async function writeOwnFields(
  ctx: { shop: Pick<ShopOfContext, "domain"> },
  shopifyCustomerId: string,
  fields: readonly OwnField[],
): Promise<boolean> {
  const admin = adminFor(ctx, "background");
  const ownerId = shopifyCustomerId;
  const set = fields.flatMap(({ key, type, value }) =>
    value === null ? [] : [{ ownerId, namespace, key, type, value }],
  );
  const gone = fields.flatMap(({ key, value }) => (value === null ? [{ ownerId, namespace, key }] : []));
  // Writing the same value twice leaves the same state, so either may be asked again.
  if (set.length > 0) {
    const { metafieldsSet } = await admin.ask(CustomerSummarySetDocument, { metafields: set }, { repeatable: true });
    const problems = metafieldsSet?.userErrors ?? [];
    if (problems.some(({ field }) => field?.at(-1) === "ownerId")) return false;
    refuse(problems);
  }
  if (gone.length > 0) {
    const { metafieldsDelete } = await admin.ask(
      CustomerSummaryDeleteDocument,
      { metafields: gone },
      { repeatable: true },
    );
    refuse(metafieldsDelete?.userErrors ?? []);
  }
  return true;
}
