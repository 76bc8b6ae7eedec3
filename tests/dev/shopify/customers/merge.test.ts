import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { planMerge } from "../../../../dev/shopify/customers/merge-plan";
import type { CustomerRecord } from "../../../../dev/shopify/records";
import { putOrder, SCOPES, type Served, type SmallWorld, serve, smallWorld, tokenFor } from "../admin-api/small-world";

let small: SmallWorld;
let api: Served;
const ADA = "gid://shopify/Customer/601";
const BEN = "gid://shopify/Customer/602";

beforeEach(async () => {
  small = smallWorld({ scopes: [...SCOPES, "read_customer_merge", "write_customer_merge"] });
  small.world.app.subscriptions = ["customers/merge", "customers/update", "customers/delete"].map((topic) => ({
    topic,
    uri: "/webhooks/customers",
  }));
  api = await serve(small);
});
afterEach(async () => {
  await api.close();
  small.close();
});

function customer(id: number, changes: Partial<CustomerRecord> = {}): CustomerRecord {
  const found = small.shop.get("customer", id);
  if (!found) throw new Error(`no customer ${id}`);
  const changed = { ...found, ...changes };
  small.shop.put("customer", id, changed);
  return changed;
}

const MERGE = `mutation ($one: ID!, $two: ID!, $over: CustomerMergeOverrideFields) {
  customerMerge(customerOneId: $one, customerTwoId: $two, overrideFields: $over) {
    job { id done } resultingCustomerId userErrors { field message code } } }`;
const merge = async (variables: Record<string, unknown>, token?: string) => api.graphql(MERGE, variables, token);

describe("who stays", () => {
  const kept = (one: Partial<CustomerRecord>, two: Partial<CustomerRecord>) =>
    planMerge(small.shop, customer(601, one), customer(602, two)).kept.id;
  const plain = { state: "DISABLED" as const, emailMarketingState: "NOT_SUBSCRIBED" as const };

  test.each<[string, Partial<CustomerRecord>, Partial<CustomerRecord>, number]>([
    ["the only one with an address", { ...plain, email: "a@b.example" }, { ...plain, email: null }, 601],
    ["the second when neither has one", { ...plain, email: null }, { ...plain, email: null }, 602],
    ["the one with an account", { ...plain, state: "ENABLED" }, { ...plain, emailMarketingState: "SUBSCRIBED" }, 601],
    ["the subscriber", { ...plain, emailMarketingState: "SUBSCRIBED" }, { ...plain, state: "INVITED" }, 601],
    ["the invited one", { ...plain, state: "INVITED" }, plain, 601],
    ["the second when nothing speaks for either", plain, plain, 602],
  ])("%s", (_name, one, two, id) => {
    expect(kept(one, two)).toBe(id);
  });
});

test("orders, drafts, addresses and tags are the survivor's, the other one is gone, and the app hears of it", async () => {
  const theirs = putOrder(small, 3, { customerId: 602, email: "ben@ode.example" });
  const own = putOrder(small, 2);
  const address = {
    ...(customer(601).addresses[0] as NonNullable<CustomerRecord["addresses"][0]>),
    id: 99,
    city: "Kiel",
  };
  customer(602, { addresses: [address], tags: ["vip", "boats"], note: "Calls back", phone: "+4511223344" });
  customer(601, { phone: null });
  small.pass(60_000);
  const { data } = await merge({ one: BEN, two: ADA });
  expect(data.customerMerge).toMatchObject({ resultingCustomerId: ADA, userErrors: [], job: { done: true } });
  expect(small.shop.get("customer", 602)).toBeNull();
  const survivor = small.shop.get("customer", 601);
  expect(survivor).toMatchObject({
    email: "ada@berg.example",
    phone: "+4511223344",
    tags: ["vip", "boats"],
    note: "Prefers mail\nCalls back",
    updatedAt: "2026-11-21T12:01:00.000Z",
  });
  expect(survivor?.addresses.map((each) => each.city)).toEqual(["Berlin", "Kiel"]);
  expect(small.shop.get("order", theirs.id)).toMatchObject({
    customerId: 601,
    email: "ben@ode.example",
    updatedAt: "2026-11-21T12:01:00.000Z",
  });
  expect(small.shop.get("order", own.id)?.updatedAt).toBe(own.updatedAt);
  const sent = small.shop.all("webhookDelivery");
  expect(sent.map((each) => each.topic)).toEqual(["customers/update", "customers/merge"]);
  expect(JSON.parse(sent[1]?.body ?? "")).toEqual({
    admin_graphql_api_customer_kept_id: ADA,
    admin_graphql_api_customer_deleted_id: BEN,
    admin_graphql_api_job_id: data.customerMerge.job.id,
    status: "completed",
    errors: [],
  });
  const status = await api.graphql(
    `query ($id: ID!) { customerMergeJobStatus(jobId: $id) { status resultingCustomerId customerMergeErrors { message } } }`,
    { id: data.customerMerge.job.id },
  );
  expect(status.data.customerMergeJobStatus).toEqual({
    status: "COMPLETED",
    resultingCustomerId: ADA,
    customerMergeErrors: [],
  });
});

test("what the caller wants kept is kept; what cannot be is said by field and code", async () => {
  const { data } = await merge({
    one: ADA,
    two: BEN,
    over: { customerIdOfEmailToKeep: BEN, customerIdOfFirstNameToKeep: ADA, note: "One of two", tags: ["merged"] },
  });
  expect(data.customerMerge.resultingCustomerId).toBe(BEN);
  expect(small.shop.get("customer", 602)).toMatchObject({
    email: "ben@ode.example",
    firstName: "Ada",
    lastName: "Ode",
    note: "One of two",
    tags: ["merged"],
  });
  const CY = "gid://shopify/Customer/603";
  const wrong = await merge({ one: BEN, two: CY, over: { customerIdOfPhoneNumberToKeep: CY } });
  expect(wrong.data.customerMerge).toMatchObject({
    resultingCustomerId: null,
    userErrors: [{ field: ["overrideFields", "customerIdOfPhoneNumberToKeep"], code: "MISSING_OVERRIDE_ATTRIBUTE" }],
  });
  for (const [one, two] of [
    [BEN, BEN],
    [BEN, "gid://shopify/Customer/1"],
  ]) {
    const { data: refused } = await merge({ one, two });
    expect(refused.customerMerge.userErrors[0].code).toBe("INVALID_CUSTOMER_ID");
  }
});

test("a B2B contact and a note that grows too long are not merged, and nothing changes", async () => {
  const at = "2026-01-01T00:00:00.000Z";
  const contact = { id: 5, companyId: 1, customerId: 602, title: null, locale: null, createdAt: at, updatedAt: at };
  small.shop.put("companyContact", 5, contact);
  const { data } = await merge({ one: ADA, two: BEN });
  expect(data.customerMerge.userErrors[0]).toMatchObject({ code: "INVALID_CUSTOMER" });
  expect(small.shop.get("customer", 602)).not.toBeNull();
  expect(JSON.parse(small.shop.all("webhookDelivery")[0]?.body ?? "")).toMatchObject({
    status: "failed",
    errors: [{ customer_ids: [602], field: "company_contact" }],
  });
  const mergeable = await api.graphql(`{ customer(id: "${BEN}") { mergeable { isMergeable errorFields reason } } }`);
  expect(mergeable.data.customer.mergeable).toMatchObject({ isMergeable: false, errorFields: ["COMPANY_CONTACT"] });
  small.shop.delete("companyContact", 5);
  customer(601, { note: "x".repeat(3000) });
  customer(602, { note: "y".repeat(3000) });
  expect((await merge({ one: ADA, two: BEN })).data.customerMerge.userErrors).toHaveLength(1);
  const preview = await api.graphql(`{ customerMergePreview(customerOneId: "${ADA}", customerTwoId: "${BEN}") {
    resultingCustomerId blockingFields { note tags } customerMergeErrors { errorFields message } } }`);
  expect(preview.data.customerMergePreview).toMatchObject({
    resultingCustomerId: null,
    customerMergeErrors: [{ errorFields: ["OVERRIDE_FIELDS"] }],
  });
  expect(preview.data.customerMergePreview.blockingFields.note).toHaveLength(6001);
});

test("a preview says what would be, and changes nothing; both need their scopes", async () => {
  putOrder(small, 1, { customerId: 602 });
  const asked = `{ customerMergePreview(customerOneId: "${ADA}", customerTwoId: "${BEN}") { resultingCustomerId
    defaultFields { displayName email { emailAddress } phoneNumber { phoneNumber } addresses(first: 5) { nodes { city } } orderCount draftOrderCount tags note metafieldCount
      orders(first: 3) { nodes { name } } draftOrders(first: 3) { nodes { name } } }
    alternateFields { firstName email { emailAddress } } } }`;
  const { data, errors } = await api.graphql(asked);
  expect(errors).toBeUndefined();
  // Both have accounts and Ben's page says nothing of consent: both are subscribed, so the second one stays.
  expect(data.customerMergePreview).toMatchObject({
    resultingCustomerId: BEN,
    defaultFields: { displayName: "Ben Ode", orderCount: "1", phoneNumber: { phoneNumber: "+49301234567" } },
    alternateFields: { firstName: "Ada", email: { emailAddress: "ada@berg.example" } },
  });
  expect(small.shop.all("customer")).toHaveLength(3);
  const token = tokenFor(small, ["write_customers", "read_orders"]);
  expect((await api.graphql(asked, {}, token)).errors[0].extensions.code).toBe("ACCESS_DENIED");
  expect((await merge({ one: ADA, two: BEN }, token)).errors[0].message).toContain("write_customer_merge");
});
