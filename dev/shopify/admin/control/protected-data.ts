import { DATA, type Datum, refusedIn, unapprovedFor } from "../../protected-data/data";
import type { ShopStore } from "../../store";
import { type Html, html } from "../look/html";
import type { Visit } from "../visit";

const LABELS: Readonly<Record<Datum, string>> = {
  name: "Names",
  email: "E-mail addresses",
  phone: "Phone numbers",
  address: "Addresses: street, postcode, position",
};

/** What the review of protected customer data has approved for the app in this shop. */
export function protectedDataForm(visit: Visit): Html {
  const refused = refusedIn(visit.settings);
  const level = (value: string, label: string, on: boolean): Html =>
    html`<label class="switch"><input type="radio" name="level" value="${value}" ${on ? html`checked` : null}> <span>${label}</span></label>`;
  return html`<form method="post" action="/control/fields?shop=${visit.handle}"><p class="hint">What Shopify's review lets the app have. The rest comes back null with an error, and is missing from webhooks and bulk results.</p>
${level("none", "Nothing about customers", refused.everything)}
${level("some", "Customers and orders, and of a person:", !refused.everything)}
<div class="switches">${DATA.map(
    (datum) =>
      html`<label class="switch"><input type="checkbox" name="approved" value="${datum}" ${refused.data.includes(datum) ? null : html`checked`}> <span>${LABELS[datum]}</span></label>`,
  )}</div><p class="form-end"><button class="button" name="level" value="all">Approve all</button> <button class="button primary">Apply</button></p></form>`;
}

/** Takes over what the form asks. A field that the form does not know stays as it is. */
export function setProtectedData(shop: ShopStore, body: Record<string, unknown>): void {
  const approved = [body.approved ?? []].flat().map(String);
  // The button's own value comes after the radio's.
  const level = [body.level ?? "some"].flat().map(String).at(-1);
  const settings = shop.settings();
  const refused = {
    everything: level === "none",
    data: level === "all" ? [] : DATA.filter((datum) => !approved.includes(datum)),
  };
  shop.put("shop", "shop", { ...settings, unapprovedFields: unapprovedFor(refused, settings.unapprovedFields) });
}
