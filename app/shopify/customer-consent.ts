import type { Context } from "~/context";
import { refuse } from "./admin-errors";
import { adminFor } from "./admin-for";
import { CustomerEmailConsentDocument, CustomerSmsConsentDocument } from "./queries/generated";

/** What a customer said about marketing on one channel, for Shopify to know. */
export interface ConsentToTell {
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  channel: "email" | "sms";
  state: "SUBSCRIBED" | "UNSUBSCRIBED";
  at: Date;
}

/** Milliseconds in which something counts as just said; clocks are not further apart. */
const justNow = 300_000;

/**
 * Tells Shopify. Throws ShopifyRefused (the customer has no such address, or is gone), ShopifyDenied, ShopifyDown and
 * ShopifyThrottled. https://shopify.dev/docs/api/admin-graphql/latest/mutations/customerEmailMarketingConsentUpdate
 */
export async function tellConsent(ctx: Context, told: ConsentToTell): Promise<void> {
  const admin = adminFor(ctx, "background");
  // What was just said has Shopify's own time: it refuses one that is ahead of its clock, if only by a second.
  const isPast = ctx.clock.now().getTime() - told.at.getTime() > justNow;
  const consent = {
    marketingState: told.state,
    ...(isPast ? { consentUpdatedAt: told.at.toISOString() } : {}),
    ...(told.state === "SUBSCRIBED" ? { marketingOptInLevel: "SINGLE_OPT_IN" as const } : {}),
  };
  const customerId = told.shopifyCustomerId;
  // Saying the same again changes nothing, so it may be tried like a query.
  const how = { repeatable: true };
  if (told.channel === "email") {
    const input = { customerId, emailMarketingConsent: consent };
    const answer = await admin.ask(CustomerEmailConsentDocument, { input }, how);
    refuse(answer.customerEmailMarketingConsentUpdate?.userErrors ?? []);
  } else {
    const input = { customerId, smsMarketingConsent: consent };
    const answer = await admin.ask(CustomerSmsConsentDocument, { input }, how);
    refuse(answer.customerSmsMarketingConsentUpdate?.userErrors ?? []);
  }
}
