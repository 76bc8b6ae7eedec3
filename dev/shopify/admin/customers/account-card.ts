import type { CustomerRecord } from "../../records";
import { customerName } from "../look/format";
import { type Html, html } from "../look/html";
import { card } from "../look/pieces";
import type { Visit } from "../visit";

/** The customer's own data and account, as staff change them. */
export function accountCard(visit: Visit, customer: CustomerRecord): Html {
  const at = `${visit.base}/customers/${customer.id}`;
  const field = (name: "firstName" | "lastName" | "email" | "phone", label: string): Html =>
    html`<label class="field"><span>${label}</span><input type="text" name="${name}" value="${customer[name] ?? ""}"></label>`;
  return card(
    "Change the customer",
    html`<form method="post" action="${at}/contact">${field("firstName", "First name")}${field("lastName", "Last name")}${field("email", "E-mail address")}${field("phone", "Phone number")}
<p class="form-end"><button class="button">Save</button></p></form>
<form method="post" action="${at}/account"><button class="button">${customer.state === "ENABLED" ? "Disable" : "Enable"} account</button></form>
<form method="post" action="${at}/delete" data-confirm="Delete ${customerName(customer)}? Shopify does so only when they never bought anything."><button class="button">Delete customer</button></form>`,
  );
}
