import { isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { types } from "../../../../dev/shopify/admin-api/resolvers/types";
import { loadAdminSchema } from "../../../../dev/shopify/schema/load";
import { putOrder, SCOPES, type Served, type SmallWorld, serve, smallWorld } from "./small-world";

let small: SmallWorld;
let api: Served;

beforeAll(async () => {
  small = smallWorld({
    scopes: [
      ...SCOPES,
      "read_locations",
      "read_payment_terms",
      "read_customer_merge",
      "read_returns",
      "read_merchant_managed_fulfillment_orders",
    ],
  });
  const order = putOrder(small, 3, {
    financialStatus: "PARTIALLY_REFUNDED",
    refunded: 1000,
    discountCodes: ["WELCOME10"],
    metafields: [
      {
        id: 1,
        namespace: "custom",
        key: "gift",
        type: "boolean",
        value: "true",
        createdAt: "2026-01-01T00:00:00Z",
        updatedAt: "2026-01-01T00:00:00Z",
      },
    ],
  });
  small.shop.put("order", order.id, {
    ...order,
    fulfillments: [
      {
        id: 77,
        name: "#1001-F1",
        status: "SUCCESS",
        displayStatus: "IN_TRANSIT",
        trackingCompany: "DHL",
        trackingNumber: "JD014600",
        trackingUrl: "https://tracking.example/JD014600",
        lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }],
        createdAt: order.createdAt,
        updatedAt: order.updatedAt,
        estimatedDeliveryAt: null,
        deliveredAt: null,
      },
    ],
  });
  api = await serve(small);
});

afterAll(async () => {
  await api.close();
  small.close();
});

test("every resolver answers a field that the official schema has", async () => {
  const { schema } = await loadAdminSchema();
  const unknown = Object.entries(types).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    const present = isObjectType(type) ? type.getFields() : {};
    return Object.keys(fields)
      .filter((name) => !(name in present))
      .map((name) => `${typeName}.${name}`);
  });
  expect(unknown).toEqual([]);
});

/** Every implemented field of a type that needs no arguments; objects by their id-like leaves. */
async function everything(typeName: string, depth = 3): Promise<string> {
  const { schema } = await loadAdminSchema();
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return "__typename";
  const chosen = Object.values(type.getFields()).filter(
    (field) => types[typeName]?.[field.name] || /Connection$|Edge$|^PageInfo$/.test(typeName),
  );
  const parts: string[] = [];
  for (const field of chosen) {
    const named = String(field.type).replace(/[[\]!]/g, "");
    const inner = schema.getType(named);
    const needsSize = field.args.some((argument) => argument.name === "first");
    if (field.args.some((argument) => String(argument.type).endsWith("!") && argument.defaultValue === undefined))
      continue;
    const args = needsSize ? "(first: 2)" : "";
    if (isObjectType(inner)) {
      if (depth === 0) continue;
      if (named === "MediaImage" || (named === "Customer" && depth < 2)) continue;
      parts.push(`${field.name}${args} { ${await everything(named, depth - 1)} __typename }`);
    } else if (inner && "getTypes" in inner) parts.push(`${field.name}${args} { __typename }`);
    else if (inner && "getInterfaces" in inner) parts.push(`${field.name}${args} { __typename }`);
    else parts.push(field.name + args);
  }
  return parts.join(" ");
}

test.each([
  ["shop", "Shop"],
  ["currentAppInstallation", "AppInstallation"],
  ['customer(id: "gid://shopify/Customer/601")', "Customer"],
  ["orders(first: 1)", "OrderConnection"],
  ['product(id: "gid://shopify/Product/1")', "Product"],
  ['productVariant(id: "gid://shopify/ProductVariant/11")', "ProductVariant"],
])("every implemented field of %s answers in one go", async (root, typeName) => {
  const asked = `{ ${root} { ${await everything(typeName, 2)} } }`;
  const answer = await api.graphql(asked);
  expect(
    answer.errors?.map((error: { message: string; path: unknown }) => [error.message, error.path]),
  ).toBeUndefined();
  expect(Object.values(answer.data)[0]).not.toBeNull();
});

test("every implemented field of a draft order answers in one go", async () => {
  const created = await api.graphql(
    `mutation { draftOrderCreate(input: { lineItems: [{ variantId: "gid://shopify/ProductVariant/11", quantity: 1,
       appliedDiscount: { value: 5, valueType: PERCENTAGE } }], shippingLine: { title: "Post", price: "4.90" } }) { draftOrder { id } userErrors { message } } }`,
  );
  const id = created.data.draftOrderCreate.draftOrder.id;
  const answer = await api.graphql(`{ draftOrder(id: "${id}") { ${await everything("DraftOrder", 2)} } }`);
  expect(answer.errors).toBeUndefined();
  const calculated = await everything("CalculatedDraftOrder", 2);
  const calculation = await api.graphql(
    `mutation { draftOrderCalculate(input: { lineItems: [{ variantId: "gid://shopify/ProductVariant/11", quantity: 1 }] }) {
       calculatedDraftOrder { ${calculated} } userErrors { field message } } }`,
  );
  expect(calculation.errors).toBeUndefined();
});
