import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { switchboard } from "../../../../dev/shopify/admin-api/switchboard";
import { type Served, type SmallWorld, serve, smallWorld } from "./small-world";

let small: SmallWorld;
let api: Served;

beforeEach(async () => {
  small = smallWorld();
  small.world.app.subscriptions = [
    { topic: "draft_orders/create", uri: "/webhooks/draft-orders" },
    { topic: "draft_orders/update", uri: "/webhooks/draft-orders" },
    { topic: "draft_orders/delete", uri: "/webhooks/draft-orders" },
    { topic: "orders/create", uri: "/webhooks/orders" },
    { topic: "orders/paid", uri: "/webhooks/orders" },
  ];
  api = await serve(small);
});

afterEach(async () => {
  await api.close();
  small.close();
});

const FIELDS = `id name status invoiceUrl email tags note2 taxExempt ready
  customer { id displayName }
  customAttributes { key value }
  appliedDiscount { title value valueType amountSet { shopMoney { amount } } }
  lineItems(first: 10) { nodes { id title variantTitle quantity custom sku
    variant { id } image { url altText }
    originalUnitPriceSet { shopMoney { amount currencyCode } }
    discountedTotalSet { shopMoney { amount } } appliedDiscount { value valueType } } }
  shippingLine { title originalPriceSet { shopMoney { amount } } }
  subtotalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } }
  totalDiscountsSet { shopMoney { amount } } totalShippingPriceSet { shopMoney { amount } }
  totalPriceSet { shopMoney { amount currencyCode } } order { id name }`;

const create = (input: Record<string, unknown>) =>
  api.graphql(
    `mutation ($input: DraftOrderInput!) { draftOrderCreate(input: $input) { draftOrder { ${FIELDS} } userErrors { field message } } }`,
    { input },
  );

const JACKET = "gid://shopify/ProductVariant/11";

const topics = () => small.shop.all("webhookDelivery").map((each) => each.topic);

describe("creating a draft order", () => {
  test("computes what the merchant would see and tells the app", async () => {
    const { data, errors } = await create({
      purchasingEntity: { customerId: "gid://shopify/Customer/601" },
      note: "From chat",
      tags: ["chat", "Chat", " vip "],
      customAttributes: [{ key: "conversation", value: "c_1" }],
      lineItems: [
        { variantId: JACKET, quantity: 2, appliedDiscount: { value: 10, valueType: "PERCENTAGE", title: "Ten" } },
        {
          title: "Gift wrap",
          quantity: 1,
          originalUnitPriceWithCurrency: { amount: "5.00", currencyCode: "EUR" },
          taxable: false,
        },
      ],
      appliedDiscount: { value: 20.5, valueType: "FIXED_AMOUNT", title: "Sorry" },
      shippingLine: { title: "Express", priceWithCurrency: { amount: "12.50", currencyCode: "EUR" } },
      useCustomerDefaultAddress: true,
    });
    expect(errors).toBeUndefined();
    expect(data.draftOrderCreate.userErrors).toEqual([]);
    const draft = data.draftOrderCreate.draftOrder;
    // 2 × 199.00 less 10 % is 358.20; with the wrap 363.20; less 20.50 is 342.70.
    // Tax is 19 % of the jackets' share after the discount: 358.20 × 342.70 / 363.20 × 0.19.
    expect(draft).toMatchObject({
      name: "#D1",
      status: "OPEN",
      email: "ada@berg.example",
      customer: { displayName: "Ada Berg" },
      tags: ["chat", "vip"],
      note2: "From chat",
      customAttributes: [{ key: "conversation", value: "c_1" }],
      subtotalPriceSet: { shopMoney: { amount: "342.7" } },
      totalDiscountsSet: { shopMoney: { amount: "60.3" } },
      totalShippingPriceSet: { shopMoney: { amount: "12.5" } },
      totalTaxSet: { shopMoney: { amount: "64.22" } },
      totalPriceSet: { shopMoney: { amount: "419.42", currencyCode: "EUR" } },
      order: null,
    });
    expect(draft.invoiceUrl).toMatch(/^http:\/\/localhost:2\/invoices\/[0-9a-f]{32}$/);
    expect(draft.lineItems.nodes).toMatchObject([
      {
        title: "Field Jacket",
        variantTitle: "Olive / M",
        quantity: 2,
        custom: false,
        variant: { id: JACKET },
        discountedTotalSet: { shopMoney: { amount: "358.2" } },
      },
      { title: "Gift wrap", custom: true, variant: null, image: null },
    ]);
    expect(topics()).toEqual(["draft_orders/create"]);
    const payload = JSON.parse(small.shop.all("webhookDelivery")[0]?.body ?? "{}");
    expect(payload).toMatchObject({
      total_price: "419.42",
      note_attributes: [{ name: "conversation", value: "c_1" }],
      applied_discount: { value: "20.50", value_type: "fixed_amount", amount: "20.50" },
      status: "open",
    });
  });

  test.each([
    ["no lines at all", { note: "x" }, null, "Add at least 1 product"],
    ["an empty list", { lineItems: [] }, null, "Add at least 1 product"],
    [
      "zero units",
      { lineItems: [{ variantId: JACKET, quantity: 0 }] },
      ["lineItems", "0", "quantity"],
      "Quantity must be greater than or equal to 1",
    ],
    [
      "a deleted variant",
      { lineItems: [{ variantId: "gid://shopify/ProductVariant/99", quantity: 1 }] },
      null,
      "Product with ID 99 is no longer available.",
    ],
    [
      "a bad address",
      { email: "ada(at)berg", lineItems: [{ variantId: JACKET, quantity: 1 }] },
      ["email"],
      "Email is invalid",
    ],
    [
      "a long tag",
      { tags: ["x".repeat(41)], lineItems: [{ variantId: JACKET, quantity: 1 }] },
      ["tags", "0"],
      "Title Tag exceeds the maximum length of 40 characters",
    ],
    [
      "a custom line without a name",
      { lineItems: [{ quantity: 1, originalUnitPrice: "1.00" }] },
      null,
      "Merchandise title is empty.",
    ],
    [
      "a negative price",
      { lineItems: [{ title: "Wrap", quantity: 1, originalUnitPrice: "-1.00" }] },
      null,
      "Cannot send negative price for line_item",
    ],
    [
      "a past reservation",
      { reserveInventoryUntil: "2026-11-20T00:00:00Z", lineItems: [{ variantId: JACKET, quantity: 1 }] },
      null,
      "Reserve until can't be in the past",
    ],
    [
      "another currency",
      { presentmentCurrencyCode: "USD", lineItems: [{ variantId: JACKET, quantity: 1 }] },
      ["presentmentCurrencyCode"],
      "The presentment currency USD is not enabled for this shop",
    ],
    [
      "an unknown customer",
      { purchasingEntity: { customerId: "gid://shopify/Customer/9" }, lineItems: [{ variantId: JACKET, quantity: 1 }] },
      ["purchasingEntity", "customerId"],
      "Customer does not exist",
    ],
  ])("refuses %s and stores nothing", async (_name, input, field, message) => {
    const { data } = await create(input);
    expect(data.draftOrderCreate).toEqual({ draftOrder: null, userErrors: [{ field, message }] });
    expect(small.shop.all("draftOrder")).toEqual([]);
    expect(topics()).toEqual([]);
  });

  test("refuses an id of another type before anything runs", async () => {
    const { data, errors } = await create({ lineItems: [{ variantId: "gid://shopify/Product/1", quantity: 1 }] });
    expect(data.draftOrderCreate).toBeNull();
    expect(errors[0]).toMatchObject({
      message: "invalid id",
      path: ["draftOrderCreate"],
      extensions: { code: "RESOURCE_NOT_FOUND" },
    });
  });

  test("refuses more lines than Shopify takes", async () => {
    const { errors } = await create({
      lineItems: Array.from({ length: 500 }, () => ({ variantId: JACKET, quantity: 1 })),
    });
    expect(errors[0].message).toBe("The input array size of 500 is greater than the maximum allowed of 499.");
  });

  test("names an input field that it does not know, and leaves nothing behind", async () => {
    const { errors } = await create({
      lineItems: [{ variantId: JACKET, quantity: 1, priceOverride: { amount: "1.00", currencyCode: "EUR" } }],
    });
    expect(errors[0].message).toContain("Mutation.draftOrderCreate(input.lineItems.priceOverride");
    expect(small.shop.all("draftOrder")).toEqual([]);
    expect(topics()).toEqual([]);
  });
});

describe("the life of a draft order", () => {
  const start = async () => {
    const { data } = await create({ email: "ada@berg.example", lineItems: [{ variantId: JACKET, quantity: 2 }] });
    return data.draftOrderCreate.draftOrder as { id: string };
  };
  const complete = (id: string, more = "") =>
    api.graphql(
      `mutation ($id: ID!) { draftOrderComplete(id: $id${more}) { draftOrder { status completedAt order { id name displayFinancialStatus totalPriceSet { shopMoney { amount } } } } userErrors { field message } } }`,
      { id },
    );

  test("calculating gives the same totals and stores nothing", async () => {
    const input = { lineItems: [{ variantId: JACKET, quantity: 2 }], shippingLine: { title: "Post", price: "4.90" } };
    const { data } = await api.graphql(
      `mutation ($input: DraftOrderInput!) { draftOrderCalculate(input: $input) { calculatedDraftOrder {
        subtotalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } totalPriceSet { shopMoney { amount } }
        lineItems { title quantity originalUnitPrice { amount } discountedTotal { amount } image { url } } warnings { message } }
        userErrors { field message } } }`,
      { input },
    );
    expect(data.draftOrderCalculate.calculatedDraftOrder).toMatchObject({
      subtotalPriceSet: { shopMoney: { amount: "398.0" } },
      totalTaxSet: { shopMoney: { amount: "75.62" } },
      totalPriceSet: { shopMoney: { amount: "478.52" } },
      lineItems: [
        {
          title: "Field Jacket",
          quantity: 2,
          originalUnitPrice: { amount: "199.0" },
          discountedTotal: { amount: "398.0" },
        },
      ],
    });
    expect(small.shop.all("draftOrder")).toEqual([]);
  });

  test("updating replaces the lines and keeps what is not named", async () => {
    const { id } = await start();
    const { data } = await api.graphql(
      `mutation ($id: ID!, $input: DraftOrderInput!) { draftOrderUpdate(id: $id, input: $input) { draftOrder { ${FIELDS} } userErrors { field message } } }`,
      { id, input: { lineItems: [{ variantId: "gid://shopify/ProductVariant/21", quantity: 4 }], note: "four mugs" } },
    );
    expect(data.draftOrderUpdate.userErrors).toEqual([]);
    expect(data.draftOrderUpdate.draftOrder).toMatchObject({
      id,
      email: "ada@berg.example",
      note2: "four mugs",
      lineItems: { nodes: [{ title: "Trail Mug", quantity: 4 }] },
      subtotalPriceSet: { shopMoney: { amount: "50.0" } },
    });
    expect(topics()).toEqual(["draft_orders/create", "draft_orders/update"]);
  });

  test("completing makes a paid order once, and takes the goods off the shelf", async () => {
    const { id } = await start();
    const { data } = await complete(id);
    expect(data.draftOrderComplete).toMatchObject({
      userErrors: [],
      draftOrder: {
        status: "COMPLETED",
        order: { name: "#1001", displayFinancialStatus: "PAID", totalPriceSet: { shopMoney: { amount: "473.62" } } },
      },
    });
    expect(small.shop.get("product", 1)?.variants[0]?.inventoryQuantity).toBe(3);
    expect(topics()).toEqual(["draft_orders/create", "draft_orders/update", "orders/create", "orders/paid"]);
    const events = small.shop
      .all("webhookDelivery")
      .slice(1)
      .map((each) => each.eventId);
    expect(new Set(events).size).toBe(1);
    const again = await complete(id);
    expect(again.data.draftOrderComplete.userErrors).toEqual([
      { field: null, message: "Draft order has already been completed" },
    ]);
    expect(small.shop.all("order")).toHaveLength(1);
  });

  test("completing with payment pending makes an unpaid order and no orders/paid", async () => {
    const { id } = await start();
    const { data } = await complete(id, ", paymentPending: true");
    expect(data.draftOrderComplete.draftOrder.order.displayFinancialStatus).toBe("PENDING");
    expect(topics()).not.toContain("orders/paid");
  });

  test("deleting works once, and never for a completed draft", async () => {
    const { id } = await start();
    const remove = (of: string) =>
      api.graphql(
        `mutation ($input: DraftOrderDeleteInput!) { draftOrderDelete(input: $input) { deletedId userErrors { field message } } }`,
        { input: { id: of } },
      );
    expect((await remove(id)).data.draftOrderDelete).toEqual({ deletedId: id, userErrors: [] });
    expect((await remove(id)).data.draftOrderDelete).toEqual({
      deletedId: null,
      userErrors: [{ field: ["id"], message: "Draft order does not exist" }],
    });
    const second = await start();
    await complete(second.id);
    expect((await remove(second.id)).data.draftOrderDelete.deletedId).toBeNull();
  });

  test("a refusal set on the switchboard is given and nothing is done", async () => {
    switchboard(small.world).refusals.set("draftOrderCreate", [{ field: ["lineItems"], message: "Not today" }]);
    const { data } = await create({ lineItems: [{ variantId: JACKET, quantity: 1 }] });
    expect(data.draftOrderCreate).toEqual({
      draftOrder: null,
      userErrors: [{ field: ["lineItems"], message: "Not today" }],
    });
    expect(small.shop.all("draftOrder")).toEqual([]);
  });

  test("a reservation holds the goods back from others until it runs out", async () => {
    await create({ reserveInventoryUntil: "2026-11-21T13:00:00Z", lineItems: [{ variantId: JACKET, quantity: 4 }] });
    const units = async () =>
      (await api.graphql(`{ productVariant(id: "${JACKET}") { inventoryQuantity availableForSale } }`)).data
        .productVariant;
    expect(await units()).toEqual({ inventoryQuantity: 1, availableForSale: true });
    small.pass(2 * 3_600_000);
    expect(await units()).toEqual({ inventoryQuantity: 5, availableForSale: true });
  });
});

describe("the invoice", () => {
  const send = (id: string, email?: Record<string, unknown>) =>
    api.graphql(
      `mutation ($id: ID!, $email: EmailInput) { draftOrderInvoiceSend(id: $id, email: $email) { draftOrder { status invoiceSentAt } userErrors { field message } } }`,
      { id, email },
    );

  test("is mailed with its link, then the draft says so", async () => {
    const mails: { to: string[]; text: string }[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData(stream, session, done) {
        let text = "";
        stream.on("data", (chunk) => {
          text += chunk;
        });
        stream.on("end", () => {
          mails.push({ to: session.envelope.rcptTo.map((each) => each.address), text });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
    small.world.mail = { host: "127.0.0.1", port: (smtp.server.address() as { port: number }).port };
    const { data } = await create({ email: "ada@berg.example", lineItems: [{ variantId: JACKET, quantity: 1 }] });
    const { id, invoiceUrl } = data.draftOrderCreate.draftOrder;
    const sent = await send(id, { subject: "Your jacket", customMessage: "As we said <b>today</b>" });
    expect(sent.data.draftOrderInvoiceSend).toEqual({
      draftOrder: { status: "INVOICE_SENT", invoiceSentAt: "2026-11-21T12:00:00.000Z" },
      userErrors: [],
    });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["ada@berg.example"]);
    const plain = mails[0]?.text.replace(/=\r\n/g, "") ?? "";
    expect(plain).toContain("Subject: Your jacket");
    expect(plain).toContain(invoiceUrl);
    expect(plain).not.toContain("<p>As we said <b>");
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  });

  test("that no mail server takes is Shopify's failure, and the draft stays as it was", async () => {
    small.world.mail = { host: "127.0.0.1", port: 9 };
    const { data } = await create({
      purchasingEntity: { customerId: "gid://shopify/Customer/601" },
      email: null,
      lineItems: [{ variantId: JACKET, quantity: 1 }],
    });
    const { errors } = await send(data.draftOrderCreate.draftOrder.id);
    expect(errors[0]).toMatchObject({ path: ["draftOrderInvoiceSend"], extensions: { code: "INTERNAL_SERVER_ERROR" } });
    expect(small.shop.all("draftOrder")[0]).toMatchObject({ status: "OPEN", invoiceSentAt: null });
  });

  test("needs a recipient, and a draft that is not paid", async () => {
    const { data } = await create({ lineItems: [{ variantId: JACKET, quantity: 1 }] });
    const { id } = data.draftOrderCreate.draftOrder;
    expect((await send(id)).data.draftOrderInvoiceSend.userErrors).toEqual([
      { field: null, message: "To can't be blank" },
    ]);
    await api.graphql(`mutation ($id: ID!) { draftOrderComplete(id: $id) { userErrors { message } } }`, { id });
    expect((await send(id, { to: "a@b.example" })).data.draftOrderInvoiceSend.userErrors).toEqual([
      { field: null, message: "Draft order Invoice can't be sent. This draft order is already paid." },
    ]);
    expect((await send("gid://shopify/DraftOrder/1")).data.draftOrderInvoiceSend.userErrors).toEqual([
      { field: null, message: "Draft order not found" },
    ]);
  });
});
