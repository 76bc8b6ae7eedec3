import type { ShopOfContext } from "~/context";
import type { AdminClient } from "./admin-client";
import { refuse, ShopifyRefused, type UserError } from "./admin-errors";
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
  try {
    await write(adminFor(ctx, "background"), shopifyCustomerId, fields);
    return true;
  } catch (error) {
    if (error instanceof ShopifyRefused && error.userErrors.length > 0 && error.userErrors.every(isGone)) return false;
    throw error;
  }
}

/** An owner that is not there, of a mutation's own errors or of the whole answer's (RESOURCE_NOT_FOUND: "invalid id"). */
function isGone({ field, message }: UserError): boolean {
  return field?.at(-1) === "ownerId" || (!field?.length && /^invalid id$/i.test(message.trim()));
}

async function write(admin: AdminClient, shopifyCustomerId: string, fields: readonly OwnField[]): Promise<void> {
  const ownerId = shopifyCustomerId;
  const set = fields.flatMap(({ key, type, value }) =>
    value === null ? [] : [{ ownerId, namespace, key, type, value }],
  );
  const gone = fields.flatMap(({ key, value }) => (value === null ? [{ ownerId, namespace, key }] : []));
  // Writing the same value twice leaves the same state, so either may be asked again.
  if (set.length > 0) {
    const { metafieldsSet } = await admin.ask(CustomerSummarySetDocument, { metafields: set }, { repeatable: true });
    refuse(metafieldsSet?.userErrors ?? []);
  }
  if (gone.length > 0) {
    const { metafieldsDelete } = await admin.ask(
      CustomerSummaryDeleteDocument,
      { metafields: gone },
      { repeatable: true },
    );
    refuse(metafieldsDelete?.userErrors ?? []);
  }
}
