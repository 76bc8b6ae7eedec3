import type { CustomerRecord } from "../../records";
import { time, words } from "../look/format";
import { type Html, html } from "../look/html";
import { card } from "../look/pieces";
import type { Visit } from "../visit";

const CHANNELS = [
  { channel: "email", label: "E-mail", needs: "No e-mail address." },
  { channel: "sms", label: "SMS", needs: "No phone number." },
] as const;

/** The marketing consents, which staff change here as the merchant does in Shopify. */
export function consentCard(visit: Visit, customer: CustomerRecord): Html {
  return card(
    "Marketing",
    html`${CHANNELS.map(({ channel, label, needs }) => {
      const address = channel === "email" ? customer.email : customer.phone;
      const state = channel === "email" ? customer.emailMarketingState : customer.smsMarketingState;
      const change = channel === "email" ? customer.emailConsent : customer.smsConsent;
      const next = state === "SUBSCRIBED" ? "UNSUBSCRIBED" : "SUBSCRIBED";
      if (!address) return html`<p><strong>${label}</strong> ${needs}</p>`;
      return html`<form method="post" class="parcel" action="${visit.base}/customers/${customer.id}/consent/${channel}"><span><strong>${label}</strong> ${words(state)}${
        change?.updatedAt ? html`<small> since ${time(change.updatedAt, visit.settings.timezone)}</small>` : null
      }</span><button class="button" name="state" value="${next}">${next === "SUBSCRIBED" ? "Subscribe" : "Unsubscribe"}<span class="hidden"> ${label}</span></button></form>`;
    })}`,
  );
}
