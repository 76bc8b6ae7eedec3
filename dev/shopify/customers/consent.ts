import type { CustomerRecord } from "../records";
import type { ConsentChangeRecord } from "../records-people";
import type { ShopStore } from "../store";
import { customerPayload } from "../webhooks/payloads";
import { emailConsentPayload, smsConsentPayload } from "../webhooks/payloads/consent";
import { publish } from "../webhooks/publish";
import type { World } from "../world";

export type MarketingChannel = "email" | "sms";
export type MarketingState = "SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING";

/**
 * Records that a customer takes marketing on a channel, or no more, and tells the app by the channel's own topic:
 * since 2025-01 the customer's payload has no consents
 * (https://shopify.dev/changelog/new-customer-s-webhook-and-changes-to-existing-customer-s-webhooks-payload).
 */
export function changeConsent(
  world: World,
  shop: ShopStore,
  customer: CustomerRecord,
  change: {
    channel: MarketingChannel;
    state: MarketingState;
    optInLevel: ConsentChangeRecord["optInLevel"];
    at: string;
  },
): CustomerRecord {
  return shop.transaction(() => {
    const consent: ConsentChangeRecord = { optInLevel: change.optInLevel, updatedAt: change.at };
    const saved: CustomerRecord = {
      ...customer,
      ...(change.channel === "email"
        ? { emailMarketingState: change.state, emailConsent: consent }
        : { smsMarketingState: change.state, smsConsent: consent }),
      updatedAt: world.clock().toISOString(),
    };
    shop.put("customer", saved.id, saved);
    if (change.channel === "email") {
      publish(world, shop, "customers_email_marketing_consent/update", emailConsentPayload(shop, saved));
    } else publish(world, shop, "customers_marketing_consent/update", smsConsentPayload(shop, saved));
    publish(world, shop, "customers/update", customerPayload(shop, saved));
    return saved;
  });
}
