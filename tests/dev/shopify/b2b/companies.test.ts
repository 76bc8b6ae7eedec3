import { afterEach, beforeEach, expect, test } from "vitest";
import { types } from "../../../../dev/shopify/admin-api/resolvers/types";
import { deleteCompany, saveCompany, saveLocation } from "../../../../dev/shopify/b2b/change-company";
import { seedCompanies } from "../../../../dev/shopify/seed/companies";
import { type LocalAdmin, startAdmin } from "../../admin/local-admin";
import {
  NOW,
  putOrder,
  SCOPES,
  type Served,
  type SmallWorld,
  serve,
  smallWorld,
  tokenFor,
} from "../admin-api/small-world";

let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld({ scopes: [...SCOPES, "read_companies"] });
  const customer = small.shop.get("customer", 602);
  if (customer) small.shop.put("customer", 602, { ...customer, email: "indkoeb@fjordguide.example" });
  for (const [id, tags] of [
    [601, ["wholesale"]],
    [603, []],
  ] as const) {
    const other = small.shop.get("customer", id);
    if (other) small.shop.put("customer", id, { ...other, tags: [...tags] });
  }
  putOrder(small, 2, { customerId: 602, number: 1001 });
  putOrder(small, 1, { customerId: 602, number: 1002 });
  seedCompanies(small.shop, NOW);
  api = await serve(small);
});
afterEach(async () => {
  await api.close();
  small.close();
});

const company = () => {
  const found = small.shop.get("company", small.shop.all("company")[0]?.id ?? 0);
  if (!found) throw new Error("no company");
  return found;
};

test("companies with contacts and locations, in one query", async () => {
  const { data, errors } = await api.graphql(`{ companiesCount { count } companies(first: 2, sortKey: NAME) { nodes {
    id name externalId note createdAt updatedAt customerSince contactsCount { count } locationsCount { count } ordersCount { count } totalSpent { amount currencyCode }
    mainContact { title isMainContact customer { email } company { name } }
    contactRoles(first: 5) { nodes { name } } defaultRole { name }
    contacts(first: 2) { nodes { id title locale customer { displayName companyContactProfiles { title company { name } } } roleAssignments(first: 2) { nodes { role { name } companyLocation { name } } } } }
    locations(first: 2) { nodes { id name phone currency shippingAddress { companyName address1 city countryCode formattedAddress } billingAddress { zip } ordersCount { count } roleAssignments(first: 2) { nodes { companyContact { title } } } } }
    orders(first: 5) { nodes { name purchasingEntity { __typename ... on PurchasingCompany { company { name } location { name } contact { title } } } } } } } }`);
  expect(errors).toBeUndefined();
  expect(data.companiesCount.count).toBe(2);
  const [alps, fjord] = data.companies.nodes;
  expect(alps.name).toBe("Alpenverein Ausrüstung GmbH");
  expect(fjord).toMatchObject({
    name: "Fjordguide ApS",
    externalId: "B2B-1001",
    contactsCount: { count: 2 },
    locationsCount: { count: 2 },
    mainContact: { isMainContact: true, customer: { email: "indkoeb@fjordguide.example" } },
  });
  expect(fjord.contactRoles.nodes.map((each: { name: string }) => each.name)).toEqual([
    "Location admin",
    "Ordering only",
  ]);
  expect(fjord.contacts.nodes[0].customer.companyContactProfiles).toMatchObject([
    { title: "Head of purchasing", company: { name: "Fjordguide ApS" } },
  ]);
  expect(fjord.locations.nodes[0].shippingAddress).toMatchObject({ companyName: "Fjordguide ApS", countryCode: "DK" });
  expect(fjord.orders.nodes.length).toBeGreaterThan(0);
  expect(fjord.orders.nodes[0].purchasingEntity).toMatchObject({
    __typename: "PurchasingCompany",
    company: { name: "Fjordguide ApS" },
    contact: { title: "Head of purchasing" },
  });
});

test("changes are found by their time, page by page, and single ones by id", async () => {
  small.pass(3_600_000);
  saveCompany(small.world, small.shop, { ...company(), name: "Fjordguide A/S" }, "update");
  const { data } = await api.graphql(
    `query ($q: String) { companies(first: 5, query: $q, sortKey: UPDATED_AT) { nodes { name } } }`,
    { q: "updated_at:>'2026-11-21T12:30:00Z'" },
  );
  expect(data.companies.nodes).toEqual([{ name: "Fjordguide A/S" }]);
  const location = small.shop.all("companyLocation").find((each) => each.companyId !== company().id);
  if (!location) throw new Error("no location");
  saveLocation(small.world, small.shop, { ...location, phone: "+43 1" }, "update");
  const page =
    await api.graphql(`{ companies(first: 1, sortKey: UPDATED_AT, reverse: true, query: "updated_at:>=2026-11-21") {
    nodes { name } pageInfo { hasNextPage endCursor } } companyLocations(first: 5, query: "updated_at:>=2026-11-21") { nodes { phone } } }`);
  expect(page.data.companies.pageInfo.hasNextPage).toBe(true);
  expect(page.data.companyLocations.nodes).toEqual([{ phone: "+43 1" }]);
  const contact = small.shop.all("companyContact")[0];
  const one = await api.graphql(`{ company(id: "gid://shopify/Company/${company().id}") { name }
    companyContact(id: "gid://shopify/CompanyContact/${contact?.id}") { title }
    node(id: "gid://shopify/CompanyLocation/${location.id}") { ... on CompanyLocation { phone } }
    gone: company(id: "gid://shopify/Company/1") { name } }`);
  expect(one.data).toMatchObject({
    company: { name: "Fjordguide A/S" },
    companyContact: { title: "Head of purchasing" },
    node: { phone: "+43 1" },
    gone: null,
  });
});

test("either scope opens companies", async () => {
  const query = "{ companies(first: 1) { nodes { name } } }";
  expect((await api.graphql(query, {}, tokenFor(small, ["read_companies"]))).data.companies.nodes).toHaveLength(1);
  expect((await api.graphql(query, {}, tokenFor(small, ["read_orders"]))).errors[0].extensions.code).toBe(
    "ACCESS_DENIED",
  );
  expect(Object.keys(types.Company ?? {})).toContain("contacts");
});

test("every change is told: company, contact, location, and all of them when the company goes", () => {
  small.world.app.subscriptions = ["companies", "company_contacts", "company_locations"].flatMap((family) =>
    ["create", "update", "delete"].map((change) => ({ topic: `${family}/${change}`, uri: "/webhooks" })),
  );
  saveCompany(small.world, small.shop, { ...company(), note: "Pays late" }, "update");
  const sent = () =>
    small.shop.all("webhookDelivery").map((each) => ({ topic: each.topic, body: JSON.parse(each.body) }));
  expect(sent()[0]).toEqual({
    topic: "companies/update",
    body: {
      name: "Fjordguide ApS",
      note: "Pays late",
      external_id: "B2B-1001",
      main_contact_admin_graphql_api_id: `gid://shopify/CompanyContact/${company().mainContactId}`,
      created_at: expect.stringMatching(/\+0[12]:00$/),
      updated_at: "2026-11-21T13:00:00+01:00",
      customer_since: expect.any(String),
      admin_graphql_api_id: `gid://shopify/Company/${company().id}`,
    },
  });
  const gone = company();
  deleteCompany(small.world, small.shop, gone);
  expect(sent().map((each) => each.topic)).toEqual([
    "companies/update",
    "company_contacts/delete",
    "company_contacts/delete",
    "company_locations/delete",
    "company_locations/delete",
    "companies/delete",
  ]);
  expect(sent()[3]?.body).toMatchObject({ name: "Aalborg base", shipping_address: { zip: "9000", zone_code: null } });
  expect(small.shop.all("companyContact").every((each) => each.companyId !== gone.id)).toBe(true);
});

test("the admin's pages show and change them", async () => {
  const admin: LocalAdmin = await startAdmin();
  try {
    const first = admin.shop.all("company").find((each) => each.name === "Fjordguide ApS");
    const contact = admin.shop.all("companyContact").find((each) => each.companyId === first?.id);
    const list = await admin.get("/companies");
    expect(list.text).toContain("Fjordguide ApS");
    const page = await admin.get(`/companies/${first?.id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Aalborg base");
    await admin.post(`/companies/${first?.id}/contacts/${contact?.id}`, { title: "Boss" });
    expect(admin.shop.get("companyContact", contact?.id ?? 0)?.title).toBe("Boss");
    const before = admin.shop.all("companyContact").length;
    const other = admin.shop.all("customer").at(-1);
    await admin.post(`/companies/${first?.id}/contacts`, { customer: String(other?.id) });
    expect(admin.shop.all("companyContact")).toHaveLength(before + 1);
    await admin.post(`/companies/${first?.id}/contacts/${contact?.id}/remove`);
    expect(admin.shop.get("company", first?.id ?? 0)?.mainContactId).toBeNull();
    expect((await admin.post(`/companies/${first?.id}/contacts/1/main`)).status).toBe(404);
    const answer = await admin.post(`/companies/${first?.id}/delete`);
    expect(answer.headers.get("location")).toBe("/store/northwind-outfitters/companies");
    expect(admin.shop.all("company")).toHaveLength(1);
  } finally {
    await admin.close();
  }
});
