import type { CustomerRecord } from "../../records";
import { customerName } from "../look/format";
import { type Html, html } from "../look/html";
import { card } from "../look/pieces";
import type { Visit } from "../visit";

const SENT = {
  data_request: "The request for this customer’s data was sent to the app.",
  redact: "The app was told to erase this customer’s personal data.",
} as const;

/** The two requests that a merchant may make of every app that keeps personal data. */
export type PrivacyRequest = keyof typeof SENT;

export function isPrivacyRequest(value: unknown): value is PrivacyRequest {
  return typeof value === "string" && Object.hasOwn(SENT, value);
}

/**
 * "Request customer data" and "Erase personal data", as the admin's customer page offers them under its actions
 * (https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance). Only what the app is told: Shopify's own record
 * of the customer stays, so that what the app does with it can be tried again.
 */
export function privacyCard(visit: Visit, customer: CustomerRecord, sent: unknown): Html {
  const at = `${visit.base}/customers/${customer.id}/privacy`;
  return card(
    "Customer privacy",
    html`${isPrivacyRequest(sent) ? html`<p role="status">${SENT[sent]}</p>` : null}
<form method="post" class="parcel" action="${at}/data_request"><span>Apps gather what they keep of this customer.</span><button class="button">Request customer data</button></form>
<form method="post" class="parcel" action="${at}/redact" data-confirm="Have the app erase what it keeps of ${customerName(customer)}? This cannot be taken back."><span>Apps erase what they keep of this customer. Shopify waits at least 10 days before it tells them; here it is sent at once.</span><button class="button">Erase personal data</button></form>`,
  );
}
