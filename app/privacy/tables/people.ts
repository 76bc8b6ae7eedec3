import { among, amongTexts, anyOf, type PersonTable } from "./table";

/** The person, their browsers, what they put into carts, and what they allowed. */
export const peopleTables: PersonTable[] = [
  {
    table: "page_view",
    what: "Pages looked at",
    rows: (scope) => among("visitorId", scope.visitorIds),
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "cart",
    what: "Carts",
    rows: (scope) => among("id", scope.cartIds),
    notShown: ["shopId", "token"],
    order: "createdAt",
  },
  {
    table: "email_code",
    what: "Confirmation codes",
    rows: (scope) => anyOf(among("visitorId", scope.visitorIds), amongTexts("address", scope.emails)),
    notShown: ["shopId"],
    order: "createdAt",
  },
  {
    table: "consent",
    what: "Consents",
    rows: (scope) =>
      anyOf(
        among("customerId", scope.customerIds),
        among("visitorId", scope.visitorIds),
        amongTexts("endpoint", [...scope.emails, ...scope.phones]),
      ),
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "visitor",
    what: "Browsers",
    rows: (scope) => among("id", scope.visitorIds),
    notShown: ["shopId", "keyHash"],
    order: "firstSeenAt",
  },
  {
    table: "endpoint",
    what: "Where they are reached",
    // With an address proven to be theirs also where somebody else claimed it.
    rows: (scope) =>
      anyOf(among("customerId", scope.customerIds), amongTexts("address", [...scope.emails, ...scope.phones])),
    notShown: ["shopId"],
    order: "createdAt",
  },
  {
    table: "identity",
    what: "Addresses, and how sure we are of them",
    // With an address proven to be theirs also where somebody else once typed it.
    rows: (scope) =>
      anyOf(
        among("customerId", scope.customerIds),
        amongTexts("value", [...scope.gids, ...scope.emails, ...scope.phones]),
      ),
    notShown: ["shopId"],
    order: "firstSeenAt",
  },
  {
    table: "customer_summary",
    what: "Summaries told to Shopify",
    rows: (scope) => amongTexts("shopifyCustomerId", scope.gids),
    notShown: ["shopId"],
  },
  {
    table: "customer_note",
    what: "Notes of the team about the person",
    rows: (scope) => among("customerId", scope.customerIds),
    notShown: ["shopId", "clientKey"],
    order: "at",
  },
  {
    table: "customer_link",
    what: "People who belong together",
    rows: (scope) => anyOf(among("fromId", scope.customerIds), among("toId", scope.customerIds)),
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "customer_apart",
    what: "People who are not the same",
    rows: (scope) => anyOf(among("lowId", scope.customerIds), among("highId", scope.customerIds)),
    notExported: "It names somebody else.",
  },
  {
    table: "customer_merge",
    what: "Merges",
    rows: (scope) => anyOf(among("fromId", scope.customerIds), among("intoId", scope.customerIds)),
    notShown: ["shopId"],
    order: "at",
  },
  {
    table: "customer",
    what: "The person",
    rows: (scope) => among("id", scope.customerIds),
    notShown: ["shopId"],
    order: "createdAt",
  },
  {
    table: "data_request",
    what: "Data requests",
    rows: (scope) => amongTexts("shopifyCustomerId", scope.gids),
    notShown: ["shopId", "unprovenConversationIds"],
    order: "requestedAt",
  },
];
