import type { Request } from "express";
import { count, customerName, money } from "../look/format";
import { html } from "../look/html";
import { layout } from "../look/layout";
import { card, empty, listControls, pager, table } from "../look/pieces";
import type { Visit } from "../visit";
import { spendBy } from "./customer";
import { listingOf, matches, PAGE_SIZE, pageOf } from "./listing";

const VIEWS = [
  { label: "All", value: "all" },
  { label: "Subscribed by e-mail", value: "subscribed" },
  { label: "With an account", value: "accounts" },
];

export function customersPage(visit: Visit, request: Request): string {
  const { shop, settings, base } = visit;
  const listing = listingOf(request, VIEWS);
  const spent = spendBy(shop);
  const found = shop
    .all("customer")
    .filter((each) => listing.view !== "subscribed" || each.emailMarketingState === "SUBSCRIBED")
    .filter((each) => listing.view !== "accounts" || each.state === "ENABLED")
    .filter((each) => matches(listing.query, [customerName(each), each.email, each.phone, each.tags.join(" ")]));
  const rows = pageOf(found, listing.page).map((customer) => {
    const own = spent.get(customer.id) ?? { orders: 0, amount: 0 };
    const home = customer.addresses.find((each) => each.id === customer.defaultAddressId);
    return html`<tr><td><a href="${base}/customers/${customer.id}">${customerName(customer)}</a></td>
<td>${customer.email ?? customer.phone ?? "—"}</td><td>${home ? `${home.city}, ${home.countryCode}` : "—"}</td>
<td>${count(own.orders, "order")}</td><td class="right">${money(own.amount, settings.currency)}</td></tr>`;
  });
  return layout(visit, {
    title: "Customers",
    body: card(
      null,
      html`${listControls(visit, listing.query, VIEWS, listing.view)}${
        rows.length === 0
          ? empty("No customers match.")
          : table("Customers", ["Name", "Contact", "Place", "Orders", html`<span class="right">Spent</span>`], rows)
      }${pager(visit, { ...listing, size: PAGE_SIZE, total: found.length })}`,
    ),
  });
}
