import type { Request } from "express";
import { companyOrders, contactsOf, locationsOf, spentOn } from "../../b2b/company-parts";
import { count, money } from "../look/format";
import { html } from "../look/html";
import { layout } from "../look/layout";
import { card, empty, listControls, table } from "../look/pieces";
import { listingOf, matches } from "../pages/listing";
import type { Visit } from "../visit";

const VIEWS = [{ label: "All", value: "all" }];

/** The shop's B2B companies. */
export function companiesPage(visit: Visit, request: Request): string {
  const { shop, settings, base } = visit;
  const listing = listingOf(request, VIEWS);
  const rows = shop
    .all("company")
    .filter((each) => matches(listing.query, [each.name, each.externalId, each.note]))
    .map((company) => {
      const orders = companyOrders(shop, company.id);
      return html`<tr><td><a href="${base}/companies/${company.id}">${company.name}</a></td><td>${company.externalId ?? "—"}</td>
<td>${count(contactsOf(shop, company.id).length, "contact")}</td><td>${count(locationsOf(shop, company.id).length, "location")}</td>
<td>${count(orders.length, "order")}</td><td class="right">${money(spentOn(orders), settings.currency)}</td></tr>`;
    });
  const heads = ["Company", "Company ID", "Contacts", "Locations", "Orders", html`<span class="right">Spent</span>`];
  return layout(visit, {
    title: "Companies",
    body: card(
      null,
      html`${listControls(visit, listing.query, VIEWS, listing.view)}${
        rows.length === 0 ? empty("No companies.") : table("Companies", heads, rows)
      }`,
    ),
  });
}
