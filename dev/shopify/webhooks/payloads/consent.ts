import type { CustomerRecord } from "../../records";
import type { ShopStore } from "../../store";
import { zoned } from "./forms";

/** `customers_email_marketing_consent/update`. */
export function emailConsentPayload(shop: ShopStore, customer: Readonly<CustomerRecord>) {
  return {
    customer_id: customer.id,
    email_address: customer.email,
    email_marketing_consent: {
      state: customer.emailMarketingState.toLowerCase(),
      opt_in_level: customer.emailConsent?.optInLevel?.toLowerCase() ?? null,
      consent_updated_at: zoned(customer.emailConsent?.updatedAt ?? null, shop.settings()),
    },
  };
}

/** `customers_marketing_consent/update`: SMS, in spite of its name. */
export function smsConsentPayload(shop: ShopStore, customer: Readonly<CustomerRecord>) {
  return {
    id: customer.id,
    phone: customer.phone,
    sms_marketing_consent: {
      state: customer.smsMarketingState.toLowerCase(),
      opt_in_level: customer.smsConsent?.optInLevel?.toLowerCase() ?? null,
      consent_updated_at: zoned(customer.smsConsent?.updatedAt ?? null, shop.settings()),
      consent_collected_from: "other",
    },
  };
}
