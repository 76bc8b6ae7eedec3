import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startAdmin } from "../../admin/local-admin";
import { type Served, type SmallWorld, serve, smallWorld, tokenFor } from "../admin-api/small-world";

let small: SmallWorld;
let api: Served;
const ADA = "gid://shopify/Customer/601";
const BEN = "gid://shopify/Customer/602";

beforeEach(async () => {
  small = smallWorld();
  small.world.app.subscriptions = [
    "customers_email_marketing_consent/update",
    "customers_marketing_consent/update",
    "customer.tags_added",
    "customer.tags_removed",
  ].map((topic) => ({ topic, uri: "/webhooks/customers" }));
  api = await serve(small);
});
afterEach(async () => {
  await api.close();
  small.close();
});

const sent = () => small.shop.all("webhookDelivery").map((each) => [each.topic, JSON.parse(each.body)]);

describe("marketing consent", () => {
  const email = (customerId: string, consent: object, token?: string) =>
    api.graphql(
      `mutation ($input: CustomerEmailMarketingConsentUpdateInput!) { customerEmailMarketingConsentUpdate(input: $input) {
        customer { updatedAt defaultEmailAddress { marketingState marketingOptInLevel marketingUpdatedAt } emailMarketingConsent { marketingState consentUpdatedAt } }
        userErrors { field message code } } }`,
      { input: { customerId, emailMarketingConsent: consent } },
      token,
    );
  const sms = (customerId: string, consent: object) =>
    api.graphql(
      `mutation ($input: CustomerSmsMarketingConsentUpdateInput!) { customerSmsMarketingConsentUpdate(input: $input) {
        customer { defaultPhoneNumber { marketingState } } userErrors { field message code } } }`,
      { input: { customerId, smsMarketingConsent: consent } },
    );

  test("is changed with its time and level, and told by the channel's own topic", async () => {
    const { data } = await email(ADA, {
      marketingState: "UNSUBSCRIBED",
      marketingOptInLevel: "CONFIRMED_OPT_IN",
      consentUpdatedAt: "2026-11-20T10:00:00Z",
    });
    expect(data.customerEmailMarketingConsentUpdate).toEqual({
      customer: {
        updatedAt: "2026-11-21T12:00:00.000Z",
        defaultEmailAddress: {
          marketingState: "UNSUBSCRIBED",
          marketingOptInLevel: "CONFIRMED_OPT_IN",
          marketingUpdatedAt: "2026-11-20T10:00:00.000Z",
        },
        emailMarketingConsent: { marketingState: "UNSUBSCRIBED", consentUpdatedAt: "2026-11-20T10:00:00.000Z" },
      },
      userErrors: [],
    });
    const texted = await sms(ADA, { marketingState: "SUBSCRIBED" });
    expect(texted.data.customerSmsMarketingConsentUpdate.customer.defaultPhoneNumber.marketingState).toBe("SUBSCRIBED");
    expect(sent()).toEqual([
      [
        "customers_email_marketing_consent/update",
        {
          customer_id: 601,
          email_address: "ada@berg.example",
          email_marketing_consent: {
            state: "unsubscribed",
            opt_in_level: "confirmed_opt_in",
            consent_updated_at: "2026-11-20T11:00:00+01:00",
          },
        },
      ],
      [
        "customers_marketing_consent/update",
        {
          id: 601,
          phone: "+49301234567",
          sms_marketing_consent: {
            state: "subscribed",
            opt_in_level: "single_opt_in",
            consent_updated_at: "2026-11-21T13:00:00+01:00",
            consent_collected_from: "other",
          },
        },
      ],
    ]);
  });

  test("is refused for a state that is Shopify's own, the future, nobody, and without an address", async () => {
    const code = async (answer: Promise<{ data: Record<string, { userErrors: { code: string }[] }> }>) =>
      Object.values((await answer).data)[0]?.userErrors[0]?.code;
    expect(await code(email(ADA, { marketingState: "NOT_SUBSCRIBED" }))).toBe("INCLUSION");
    const later = { marketingState: "SUBSCRIBED", consentUpdatedAt: "2027-01-01T00:00:00Z" };
    expect(await code(email(ADA, later))).toBe("INVALID");
    expect(await code(email("gid://shopify/Customer/1", { marketingState: "SUBSCRIBED" }))).toBe("INVALID");
    expect(await code(sms(BEN, { marketingState: "SUBSCRIBED" }))).toBe("INVALID");
    expect(sent()).toEqual([]);
    const denied = await email(ADA, { marketingState: "SUBSCRIBED" }, tokenFor(small, ["read_customers"]));
    expect(denied.errors[0].message).toContain("write_customers");
  });

  test("comes with a new customer, but is not changed by customerUpdate", async () => {
    const { data } = await api.graphql(`mutation { customerCreate(input: { email: "new@person.example",
      emailMarketingConsent: { marketingState: SUBSCRIBED, marketingOptInLevel: CONFIRMED_OPT_IN } }) {
      customer { defaultEmailAddress { marketingState marketingOptInLevel } } userErrors { message } } }`);
    expect(data.customerCreate.customer.defaultEmailAddress).toEqual({
      marketingState: "SUBSCRIBED",
      marketingOptInLevel: "CONFIRMED_OPT_IN",
    });
    const updated = await api.graphql(`mutation { customerUpdate(input: { id: "${ADA}",
      emailMarketingConsent: { marketingState: UNSUBSCRIBED } }) { customer { id } userErrors { field message } } }`);
    expect(updated.data.customerUpdate.userErrors[0].message).toContain("customerEmailMarketingConsentUpdate Mutation");
    expect(small.shop.get("customer", 601)?.emailMarketingState).toBe("SUBSCRIBED");
  });

  test("can be changed by a button of the admin", async () => {
    const admin = await startAdmin();
    try {
      const customer = admin.shop
        .all("customer")
        .find((each) => each.emailMarketingState === "SUBSCRIBED" && each.email);
      const path = `/customers/${customer?.id}`;
      expect((await admin.get(path)).text).toContain("Unsubscribe");
      await admin.post(`${path}/consent/email`, { state: "UNSUBSCRIBED" });
      expect(admin.shop.get("customer", customer?.id ?? 0)?.emailMarketingState).toBe("UNSUBSCRIBED");
      expect((await admin.post(`${path}/consent/post`, { state: "UNSUBSCRIBED" })).status).toBe(404);
    } finally {
      await admin.close();
    }
  });
});

test("tags that came and went are told one by one", async () => {
  const tags = (name: string, list: string[]) =>
    api.graphql(
      `mutation ($t: [String!]!) { ${name}(id: "${ADA}", tags: $t) { node { id } userErrors { message } } }`,
      {
        t: list,
      },
    );
  await tags("tagsAdd", ["vip", "boats"]);
  await tags("tagsRemove", ["vip"]);
  expect(sent()).toEqual([
    ["customer.tags_added", { customerId: ADA, tags: ["boats"], occurredAt: "2026-11-21T12:00:00.000Z" }],
    ["customer.tags_removed", { customerId: ADA, tags: ["vip"], occurredAt: "2026-11-21T12:00:00.000Z" }],
  ]);
});

describe("the app's own metafields", () => {
  const set = async (metafield: object) =>
    (
      await api.graphql(
        `mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { namespace key type jsonValue definition { name } } userErrors { field message code } } }`,
        { m: [{ ownerId: ADA, namespace: "$app", key: "summary", ...metafield }] },
      )
    ).data.metafieldsSet;
  const define = async (definition: object) =>
    (
      await api.graphql(
        `mutation ($d: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $d) { createdDefinition { id namespace access { admin storefront } type { name } } userErrors { field message code } } }`,
        {
          d: { name: "Summary", namespace: "$app", key: "summary", ownerType: "CUSTOMER", type: "json", ...definition },
        },
      )
    ).data.metafieldDefinitionCreate;

  test("lie in its reserved namespace, as JSON that is JSON", async () => {
    expect((await set({ type: "json", value: "{" })).userErrors[0].code).toBe("INVALID_VALUE");
    const { metafields } = await set({ type: "json", value: '{"open":2}' });
    expect(metafields).toMatchObject([{ type: "json", jsonValue: { open: 2 }, definition: null }]);
    expect(metafields[0].namespace).toMatch(/^app--\d+$/);
    const { data } =
      await api.graphql(`{ customer(id: "${ADA}") { metafield(namespace: "$app", key: "summary") { jsonValue }
      other: metafield(namespace: "custom", key: "summary") { value } metafields(first: 5) { nodes { key } } } }`);
    expect(data.customer).toEqual({
      metafield: { jsonValue: { open: 2 } },
      other: null,
      metafields: { nodes: [{ key: "summary" }] },
    });
    await api.graphql(
      `mutation { metafieldsDelete(metafields: [{ ownerId: "${ADA}", namespace: "$app", key: "summary" }]) { deletedMetafields { key } userErrors { message } } }`,
    );
    expect(small.shop.get("customer", 601)?.metafields).toEqual([]);
  });

  test("have a definition that gives the type and holds to it", async () => {
    const made = await define({ access: { admin: "MERCHANT_READ", storefront: "NONE" } });
    expect(made).toMatchObject({
      createdDefinition: { access: { admin: "MERCHANT_READ", storefront: "NONE" }, type: { name: "json" } },
      userErrors: [],
    });
    expect((await define({})).userErrors[0].code).toBe("TAKEN");
    expect((await define({ key: "other", type: "jason" })).userErrors[0].code).toBe("INCLUSION");
    expect((await set({ value: '{"open":1}' })).metafields).toMatchObject([
      { type: "json", definition: { name: "Summary" } },
    ]);
    expect((await set({ type: "single_line_text_field", value: "x" })).userErrors[0].code).toBe("INVALID_TYPE");
    const { data } = await api.graphql(
      `{ metafieldDefinitions(first: 5, ownerType: CUSTOMER, namespace: "$app") { nodes { key name } } }`,
    );
    expect(data.metafieldDefinitions.nodes).toEqual([{ key: "summary", name: "Summary" }]);
  });

  test("come defined with an install, as the app declares them, and once", async () => {
    const admin = await startAdmin();
    try {
      const declared = admin.shopify.world.app.metafields ?? [];
      expect(declared.length).toBeGreaterThan(0);
      await admin.post("/settings/apps/install");
      const defined = admin.shop.all("metafieldDefinition");
      expect(defined.map((each) => [each.ownerType, each.key, each.type])).toEqual(
        declared.map((each) => [each.ownerType, each.key, each.type]),
      );
      expect(defined[0]).toMatchObject({
        namespace: expect.stringMatching(/^app--\d+$/),
        access: { admin: "MERCHANT_READ", storefront: "NONE" },
      });
      const customer = admin.shop.all("customer")[0];
      const first = defined[0];
      if (!customer || !first) throw new Error("nothing to look at");
      const field = { id: 1, type: first.type, value: "2026-11-21T10:00:00Z", createdAt: "", updatedAt: "" };
      const metafields = [{ ...field, namespace: first.namespace, key: first.key }];
      admin.shop.put("customer", customer.id, { ...customer, metafields });
      expect((await admin.get(`/customers/${customer.id}`)).text).toContain(`<dt>${first.name}</dt>`);
    } finally {
      await admin.close();
    }
  });
});
