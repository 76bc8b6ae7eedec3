import type { CustomerRecord } from "../../records";
import { customerName } from "../look/format";
import { type Html, html } from "../look/html";
import { card } from "../look/pieces";
import type { Visit } from "../visit";

/** "Merge with…", as the admin's customer page offers it, with what went wrong the last time. */
export function mergeCard(visit: Visit, customer: CustomerRecord, problem: string | null): Html {
  const others = visit.shop
    .all("customer")
    .filter((each) => each.id !== customer.id)
    .map((each) => ({ id: each.id, label: [customerName(each), each.email ?? each.phone].filter(Boolean).join(" · ") }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const name = customerName(customer);
  return card(
    "Merge",
    html`${problem ? html`<p class="empty" role="alert">${problem}</p>` : null}
<form method="post" action="${visit.base}/customers/${customer.id}/merge" data-confirm="Merge ${name} and the other customer into one? Shopify cannot take this back.">
<label class="field"><span>Merge ${name} with</span><select name="other" required><option value="">Choose a customer</option>${others.map(
      (each) => html`<option value="${each.id}">${each.label}</option>`,
    )}</select></label><p class="form-end"><button class="button">Merge with…</button></p></form>`,
  );
}
