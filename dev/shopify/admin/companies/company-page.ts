import { companyOrders, contactsOf, locationsOf, spentOn } from "../../b2b/company-parts";
import type { CompanyRecord } from "../../records-people";
import { count, customerName, money, time } from "../look/format";
import { type Html, html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, table } from "../look/pieces";
import type { Visit } from "../visit";

/** One company, with what can be changed of it so that the app has something to hear. */
export function companyPage(visit: Visit, company: CompanyRecord): string {
  const { shop, settings, base } = visit;
  const orders = [...companyOrders(shop, company.id)].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const at = `${base}/companies/${company.id}`;
  return layout(visit, {
    title: company.name,
    back: { label: "Companies", path: "/companies" },
    actions: html`<form method="post" action="${at}/delete" data-confirm="Delete ${company.name} with its contacts and locations?"><button class="button">Delete company</button></form>`,
    body: html`<p class="lead">${count(orders.length, "order")} · ${money(spentOn(orders), settings.currency)} spent · customer since ${time(company.customerSince, settings.timezone)}</p>
<div class="columns"><div>${card("Contacts", html`${contacts(visit, company)}${addContact(visit, company)}`)}
${card("Locations", locations(visit, company))}
${card(
  "Orders",
  orders.length === 0
    ? empty("No orders yet.")
    : table(
        "Orders",
        ["Order", "Placed", "Payment", html`<span class="right">Total</span>`],
        orders.map(
          (
            order,
          ) => html`<tr><td><a href="${base}/orders/${order.id}">${order.name}</a></td><td>${time(order.createdAt, settings.timezone)}</td>
<td>${badge(order.financialStatus)}</td><td class="right">${money(order.totals.total, settings.currency)}</td></tr>`,
        ),
      ),
)}</div><div>${card(
      "Company",
      html`<form method="post" action="${at}"><label class="field"><span>Name</span><input type="text" name="name" value="${company.name}" required></label>
<label class="field"><span>Company ID</span><input type="text" name="externalId" value="${company.externalId}"></label>
<label class="field"><span>Note</span><input type="text" name="note" value="${company.note}"></label>
<p class="form-end"><button class="button primary">Save</button></p></form>`,
    )}</div></div>`,
  });
}

function contacts(visit: Visit, company: CompanyRecord): Html {
  const found = contactsOf(visit.shop, company.id);
  if (found.length === 0) return empty("Nobody yet.");
  const at = `${visit.base}/companies/${company.id}/contacts`;
  return table(
    "Contacts",
    ["Contact", "Title", "", ""],
    found.map((contact) => {
      const customer = visit.shop.get("customer", contact.customerId);
      const name = customerName(customer);
      return html`<tr><td><a href="${visit.base}/customers/${contact.customerId}">${name}</a><small>${customer?.email}</small></td>
<td><form method="post" class="parcel" action="${at}/${contact.id}"><label><span class="hidden">Title of ${name}</span><input type="text" name="title" value="${contact.title}"></label><button class="button">Save</button></form></td>
<td>${company.mainContactId === contact.id ? badge("Main contact") : html`<form method="post" action="${at}/${contact.id}/main"><button class="button">Make main contact</button></form>`}</td>
<td><form method="post" action="${at}/${contact.id}/remove"><button class="button" aria-label="Remove ${name}">Remove</button></form></td></tr>`;
    }),
  );
}

function addContact(visit: Visit, company: CompanyRecord): Html {
  const present = new Set(contactsOf(visit.shop, company.id).map((each) => each.customerId));
  const others = visit.shop.all("customer").filter((each) => !present.has(each.id));
  return html`<form method="post" class="parcel" action="${visit.base}/companies/${company.id}/contacts"><label><span class="hidden">Customer to add as a contact</span><select name="customer" required>
<option value="">Add a contact</option>${others.map((each) => html`<option value="${each.id}">${customerName(each)}</option>`)}</select></label><button class="button">Add</button></form>`;
}

function locations(visit: Visit, company: CompanyRecord): Html {
  const found = locationsOf(visit.shop, company.id);
  if (found.length === 0) return empty("No locations.");
  return table(
    "Locations",
    ["Location and phone", "Address"],
    found.map((location) => {
      const address = location.shippingAddress;
      return html`<tr><td><form method="post" class="parcel" action="${visit.base}/companies/${company.id}/locations/${location.id}"><label><span class="hidden">Name of the location</span><input type="text" name="name" value="${location.name}" required></label>
<label><span class="hidden">Phone of ${location.name}</span><input type="text" name="phone" value="${location.phone}"></label><button class="button">Save</button></form></td>
<td>${address ? [address.address1, `${address.zip} ${address.city}`, address.countryCode].join(", ") : "—"}</td></tr>`;
    }),
  );
}
