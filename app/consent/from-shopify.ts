import type { Context } from "~/context";
import type { Transaction } from "~/db.server";
import type { ConsentState, Said } from "./consent";
import { currentConsents } from "./current";
import { keepConsent } from "./keep";
import { undated } from "./undated";

/** What Shopify says of a customer's consent to marketing on one channel. */
export interface ShopifyConsent {
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  channel: "email" | "sms";
  /** Lower case or E.164; null when Shopify does not say or does not let us see it. */
  address: string | null;
  /** SUBSCRIBED | UNSUBSCRIBED | NOT_SUBSCRIBED | PENDING | INVALID | REDACTED, in any case. */
  state: string | null;
  /** `consentUpdatedAt`; null when nobody ever said anything. */
  updatedAt: Date | null;
  /** When Shopify told us: stands in for a time that it does not know. */
  toldAt: Date;
  /** Where Shopify has it from, such as SHOPIFY or OTHER, when known. */
  collectedFrom?: string | null;
}

/**
 * Follows what Shopify knows of consent to marketing, for those customers that we have met; of the others the mirror
 * holds it until they are. What is older than what we know changes nothing, and what we told Shopify ourselves comes back
 * as no news, so nothing goes in a circle. Called with every customer that a sync, a webhook or a sweep keeps.
 */
export async function consentFromShopify(
  tx: Transaction,
  ctx: Context,
  told: readonly ShopifyConsent[],
): Promise<void> {
  const spoken = told.filter((one) => one.state !== null);
  if (spoken.length === 0) return;
  const gids = [...new Set(spoken.map((one) => one.shopifyCustomerId))];
  const met = await tx.customer.findMany({
    where: { shopId: ctx.shop.id, shopifyCustomerId: { in: gids } },
    select: { id: true, shopifyCustomerId: true },
  });
  const ids = new Map(met.map((one) => [one.shopifyCustomerId, one.id]));
  for (const one of spoken) {
    const customerId = ids.get(one.shopifyCustomerId);
    if (customerId) await follow(tx, ctx, customerId, one);
  }
}

/** For a customer whom we have just met: what the mirror of Shopify's data says of their consent. */
export async function consentOfMet(tx: Transaction, ctx: Context, shopifyCustomerId: string): Promise<void> {
  const row = await tx.shopifyCustomer.findUnique({
    where: { shopId_id: { shopId: ctx.shop.id, id: shopifyCustomerId } },
  });
  if (!row) return;
  const { toldAt } = row;
  await consentFromShopify(tx, ctx, [
    {
      shopifyCustomerId,
      channel: "email",
      address: row.emailKey,
      state: row.emailMarketing,
      updatedAt: row.emailMarketingUpdatedAt,
      toldAt,
    },
    {
      shopifyCustomerId,
      channel: "sms",
      address: row.phoneKey,
      state: row.smsMarketing,
      updatedAt: row.smsMarketingUpdatedAt,
      toldAt,
    },
  ]);
}

async function follow(tx: Transaction, ctx: Context, customerId: string, told: ShopifyConsent): Promise<void> {
  const state = stateOf(told.state ?? "");
  if (!state) return;
  const kind = told.channel === "email" ? "email" : "phone";
  const from = told.collectedFrom ? `Shopify (${told.collectedFrom.toLowerCase()})` : "Shopify";
  const said: Said = {
    customerId,
    visitorId: null,
    channel: told.channel,
    purpose: "marketing",
    state: state === "never" ? "withdrawn" : state,
    // A clock of somebody's that is ahead must not outlast what is said after it.
    at: told.updatedAt && told.updatedAt < told.toldAt ? told.updatedAt : told.toldAt,
    touchpoint: told.updatedAt ? from : undated(from),
    wording: null,
    language: null,
    source: "shopify",
    endpoint: told.address ? { kind, value: told.address } : null,
  };
  const held = await currentConsents(tx, ctx.shop.id, { customerIds: [customerId], visitorIds: [] });
  const about = held.some((row) => row.channel === told.channel && row.purpose === "marketing");
  // "Not subscribed" says nothing of somebody who never said anything; after a yes it is a no.
  if (state === "never" && !about) return;
  // What was so before we knew them, nobody knows since when, has no place in their story; a change has.
  await keepConsent(tx, ctx, said, { tells: told.updatedAt !== null || about });
}

function stateOf(state: string): ConsentState | "never" | null {
  switch (state.toUpperCase()) {
    case "SUBSCRIBED":
      return "given";
    case "PENDING":
      return "pending";
    case "UNSUBSCRIBED":
      return "withdrawn";
    case "NOT_SUBSCRIBED":
    case "INVALID":
    case "REDACTED":
      return "never";
    default:
      return null;
  }
}
