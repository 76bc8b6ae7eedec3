import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TOPICS } from "../../../../dev/shopify/webhooks/topics";
import { type Answer, NOW, putOrder, SCOPES, type Served, type SmallWorld, serve, smallWorld } from "./small-world";

let small: SmallWorld;
let api: Served;
let orderId: string;

beforeEach(async () => {
  small = smallWorld({
    scopes: [
      ...SCOPES,
      "write_returns",
      "write_fulfillments",
      "write_merchant_managed_fulfillment_orders",
      "read_inventory",
    ],
  });
  small.world.app.subscriptions = TOPICS.map((topic) => ({ topic, uri: "/webhooks" }));
  api = await serve(small);
  orderId = `gid://shopify/Order/${putOrder(small, 2).id}`;
});
afterEach(async () => {
  await api.close();
  small.close();
});

/** The one field of a mutation or query, which must not fail. */
async function ask(query: string): Promise<Answer> {
  const answer = await api.graphql(query);
  expect(answer.errors).toBeUndefined();
  return Object.values(answer.data)[0];
}

/** Topics of what was told since the last look, in order, with their bodies. */
let seen = 0;
beforeEach(() => {
  seen = 0;
});
function told(): { topic: string; body: Answer; eventId: string }[] {
  const all = small.shop.all("webhookDelivery");
  const fresh = all.slice(seen).map((each) => ({ ...each, body: JSON.parse(each.body) as Answer }));
  seen = all.length;
  return fresh;
}
const topics = (events: { topic: string }[]) => events.map((each) => each.topic);

const lineId = () => `gid://shopify/LineItem/${small.shop.all("order")[0]?.lines[0]?.id}`;
const stock = () => small.shop.get("product", 1)?.variants[0]?.inventoryQuantity;

async function send(units?: number): Promise<Answer> {
  const numeric = orderId.split("/").at(-1);
  const lines = units
    ? `fulfillmentOrderLineItems: [{ id: "${lineId().replace("LineItem", "FulfillmentOrderLineItem")}", quantity: ${units} }]`
    : "";
  return ask(`mutation { fulfillmentCreate(fulfillment: { trackingInfo: { company: "DHL", number: "JD1" }
    lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: "gid://shopify/FulfillmentOrder/${numeric}" ${lines} }] }) {
    fulfillment { id displayStatus trackingInfo { number } fulfillmentLineItems(first: 5) { nodes { id quantity } } } userErrors { field message } } }`);
}

describe("A refund", () => {
  const refund = (input: string) =>
    ask(`mutation { refundCreate(input: { orderId: "${orderId}" ${input} }) @idempotent(key: "k") {
      refund { id note totalRefundedSet { shopMoney { amount } } refundLineItems(first: 5) { nodes { quantity restockType subtotalSet { shopMoney { amount } } } } transactions(first: 5) { nodes { kind parentTransaction { kind } } } }
      order { displayFinancialStatus updatedAt returnStatus lineItems(first: 1) { nodes { currentQuantity refundableQuantity } } }
      userErrors { field message } } }`);

  test("of one of two units with money and the unit back on the shelf", async () => {
    small.pass(60_000);
    const before = stock() ?? 0;
    const {
      refund: made,
      order,
      userErrors,
    } = await refund(`note: "Torn"
      refundLineItems: [{ lineItemId: "${lineId()}", quantity: 1, restockType: CANCEL }]
      transactions: [{ orderId: "${orderId}", kind: REFUND, gateway: "bogus", amount: "199.00" }]`);
    expect(userErrors).toEqual([]);
    expect(made).toMatchObject({
      note: "Torn",
      totalRefundedSet: { shopMoney: { amount: "199.0" } },
      refundLineItems: {
        nodes: [{ quantity: 1, restockType: "CANCEL", subtotalSet: { shopMoney: { amount: "199.0" } } }],
      },
      transactions: { nodes: [{ kind: "REFUND", parentTransaction: { kind: "SALE" } }] },
    });
    expect(order).toMatchObject({
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      updatedAt: new Date(NOW.getTime() + 60_000).toISOString(),
      lineItems: { nodes: [{ currentQuantity: 1, refundableQuantity: 1 }] },
    });
    expect(stock()).toBe(before + 1);
    const events = told();
    expect(topics(events)).toEqual([
      "refunds/create",
      "order_transactions/create",
      "inventory_levels/update",
      "products/update",
      "customers/purchasing_summary",
      "orders/updated",
    ]);
    expect(new Set(events.map((each) => each.eventId)).size).toBe(1);
    expect(events[0]?.body).toMatchObject({
      note: "Torn",
      restock: true,
      refund_line_items: [{ quantity: 1, restock_type: "cancel", subtotal: 199 }],
      transactions: [{ kind: "refund", amount: "199.00" }],
    });
    expect(events[2]?.body).toMatchObject({ available: before + 1 });
    expect(events.at(-1)?.body).toMatchObject({ financial_status: "partially_refunded", refunds: [{ note: "Torn" }] });
  });

  test("is refused for more units or money than there are, and changes nothing then", async () => {
    const before = JSON.stringify(small.shop.all("order"));
    const units = await refund(`refundLineItems: [{ lineItemId: "${lineId()}", quantity: 3 }]`);
    expect(units.userErrors).toEqual([
      { field: ["refundLineItems", "0", "quantity"], message: "Quantity cannot refund more items than were purchased" },
    ]);
    const money = await refund(
      `transactions: [{ orderId: "${orderId}", kind: REFUND, gateway: "bogus", amount: "9999.00" }]`,
    );
    expect(money.userErrors).toHaveLength(1);
    expect(JSON.stringify(small.shop.all("order"))).toBe(before);
    expect(told()).toEqual([]);
  });

  test("wants an idempotency key, as since 2026-04", async () => {
    const answer = await api.graphql(
      `mutation { refundCreate(input: { orderId: "${orderId}" }) { userErrors { message } } }`,
    );
    expect(answer.errors[0].message).toContain("@idempotent");
  });
});

describe("A return", () => {
  const FIELDS = `return { id name status closedAt requestApprovedAt totalQuantity decline { reason note } order { returnStatus }
    returnLineItems(first: 5) { nodes { ... on ReturnLineItem { id quantity returnReason customerNote processedQuantity refundedQuantity fulfillmentLineItem { lineItem { title } } } } } } userErrors { field message code }`;
  let sentLine: string;
  beforeEach(async () => {
    sentLine = (await send()).fulfillment.fulfillmentLineItems.nodes[0].id;
    told();
  });
  const request = (quantity = 1) =>
    ask(
      `mutation { returnRequest(input: { orderId: "${orderId}", returnLineItems: [{ fulfillmentLineItemId: "${sentLine}", quantity: ${quantity}, returnReason: SIZE_TOO_SMALL, customerNote: "Too tight" }] }) { ${FIELDS} } }`,
    );

  test("is asked for, approved, comes back with a refund, closes, and can be opened again", async () => {
    const asked = (await request()).return;
    expect(asked).toMatchObject({
      name: "#1001-R1",
      status: "REQUESTED",
      totalQuantity: 1,
      order: { returnStatus: "RETURN_REQUESTED" },
      returnLineItems: {
        nodes: [
          {
            quantity: 1,
            returnReason: "SIZE_TOO_SMALL",
            customerNote: "Too tight",
            fulfillmentLineItem: { lineItem: { title: "Field Jacket" } },
          },
        ],
      },
    });
    expect(topics(told())).toEqual(["returns/request", "orders/updated"]);
    const approved = await ask(`mutation { returnApproveRequest(input: { id: "${asked.id}" }) { ${FIELDS} } }`);
    expect(approved.return).toMatchObject({ status: "OPEN", order: { returnStatus: "IN_PROGRESS" } });
    expect(topics(told())).toEqual(["returns/approve", "orders/updated"]);
    const before = stock() ?? 0;
    const back =
      await ask(`mutation { returnProcess(input: { returnId: "${asked.id}", returnLineItems: [{ id: "${asked.returnLineItems.nodes[0].id}", quantity: 1 }],
      financialTransfer: { issueRefund: { orderTransactions: [{ transactionAmount: { amount: "100.00", currencyCode: EUR }, parentId: "gid://shopify/OrderTransaction/${Number(orderId.split("/").at(-1)) * 10 + 1}" }] } } }) { ${FIELDS} } }`);
    expect(back.userErrors).toEqual([]);
    expect(back.return).toMatchObject({
      status: "CLOSED",
      order: { returnStatus: "RETURNED" },
      returnLineItems: { nodes: [{ processedQuantity: 1, refundedQuantity: 1 }] },
    });
    expect(stock()).toBe(before + 1);
    expect(topics(told())).toEqual(
      expect.arrayContaining(["refunds/create", "order_transactions/create", "returns/process", "returns/close"]),
    );
    const again = await ask(`mutation { returnReopen(id: "${asked.id}") { ${FIELDS} } }`);
    expect(again.return).toMatchObject({ status: "OPEN", closedAt: null });
    expect(topics(told())).toEqual(["returns/reopen", "orders/updated"]);
    const found = await ask(
      `{ order(id: "${orderId}") { refunds(first: 3) { return { id } } returns(first: 3, query: "status:open") { nodes { id } } } }`,
    );
    expect(found).toEqual({ refunds: [{ return: { id: asked.id } }], returns: { nodes: [{ id: asked.id }] } });
  });

  test("is declined with a reason, after which its units can be asked back again", async () => {
    const asked = (await request(2)).return;
    expect((await request(1)).userErrors).toEqual([
      {
        field: ["returnLineItems", "0", "quantity"],
        message: "Quantity is not available for return.",
        code: "INVALID",
      },
    ]);
    told();
    const declined = await ask(
      `mutation { returnDeclineRequest(input: { id: "${asked.id}", declineReason: FINAL_SALE, declineNote: "Sale" }) { ${FIELDS} } }`,
    );
    expect(declined.return).toMatchObject({
      status: "DECLINED",
      decline: { reason: "FINAL_SALE", note: "Sale" },
      order: { returnStatus: "NO_RETURN" },
    });
    expect(told()[0]).toMatchObject({
      topic: "returns/decline",
      body: { decline: { reason: "final_sale", note: "Sale" } },
    });
    expect((await request(1)).userErrors).toEqual([]);
  });

  test("opened by staff can be cancelled, and only from a state that leads there", async () => {
    const open = (
      await ask(
        `mutation { returnCreate(returnInput: { orderId: "${orderId}", returnLineItems: [{ fulfillmentLineItemId: "${sentLine}", quantity: 1, returnReason: OTHER, returnReasonNote: "?" }] }) { ${FIELDS} } }`,
      )
    ).return;
    expect(open.status).toBe("OPEN");
    expect(topics(told())).toEqual(["returns/approve", "orders/updated"]);
    expect((await ask(`mutation { returnCancel(id: "${open.id}") { ${FIELDS} } }`)).return.status).toBe("CANCELED");
    expect(topics(told())).toEqual(["returns/cancel", "orders/updated"]);
    expect((await ask(`mutation { returnClose(id: "${open.id}") { ${FIELDS} } }`)).userErrors[0].code).toBe(
      "INVALID_STATE",
    );
    expect((await ask(`mutation { returnClose(id: "gid://shopify/Return/1") { ${FIELDS} } }`)).userErrors[0].code).toBe(
      "NOT_FOUND",
    );
  });
});

describe("Parcels", () => {
  test("in two parts: partly, then fully fulfilled, and not once more", async () => {
    expect((await send(1)).fulfillment).toMatchObject({
      displayStatus: "CONFIRMED",
      trackingInfo: [{ number: "JD1" }],
    });
    expect(topics(told())).toEqual(["fulfillments/create", "orders/partially_fulfilled", "orders/updated"]);
    await send();
    expect(topics(told())).toEqual(["fulfillments/create", "orders/fulfilled", "orders/updated"]);
    expect((await send()).userErrors).toHaveLength(1);
  });

  test("report where they are, and a parcel is where its latest report says", async () => {
    const { id } = (await send()).fulfillment;
    told();
    const report = (status: string, happenedAt: string) =>
      ask(
        `mutation { fulfillmentEventCreate(fulfillmentEvent: { fulfillmentId: "${id}", status: ${status}, happenedAt: "${happenedAt}", message: "Seen", city: "Odense", country: "DK" }) { fulfillmentEvent { id status happenedAt city } userErrors { message } } }`,
      );
    await report("DELIVERED", "2026-11-21T11:00:00Z");
    expect(topics(told())).toEqual(["fulfillments/update", "orders/updated", "fulfillment_events/create"]);
    // Comes late: it tells of what was before.
    await report("IN_TRANSIT", "2026-11-20T11:00:00Z");
    const found = await ask(
      `{ order(id: "${orderId}") { fulfillments(first: 1) { displayStatus deliveredAt events(first: 5, sortKey: HAPPENED_AT) { nodes { status city } } } } }`,
    );
    expect(found.fulfillments[0]).toEqual({
      displayStatus: "DELIVERED",
      deliveredAt: "2026-11-21T11:00:00.000Z",
      events: {
        nodes: [
          { status: "IN_TRANSIT", city: "Odense" },
          { status: "DELIVERED", city: "Odense" },
        ],
      },
    });
    expect(
      (await ask(`mutation { fulfillmentCancel(id: "${id}") { fulfillment { id } userErrors { message } } }`))
        .userErrors,
    ).toHaveLength(1);
  });

  test("taken back before they arrive are to be sent again", async () => {
    const { id } = (await send()).fulfillment;
    const cancelled = await ask(
      `mutation { fulfillmentCancel(id: "${id}") { fulfillment { status displayStatus order { displayFulfillmentStatus fulfillable } } userErrors { message } } }`,
    );
    expect(cancelled.fulfillment).toEqual({
      status: "CANCELLED",
      displayStatus: "CANCELED",
      order: { displayFulfillmentStatus: "UNFULFILLED", fulfillable: true },
    });
  });
});

describe("An order", () => {
  const cancel = () =>
    ask(
      `mutation { orderCancel(orderId: "${orderId}", reason: CUSTOMER, refundMethod: { originalPaymentMethodsRefund: true }, restock: true) { job { done } orderCancelUserErrors { field message code } userErrors { message } } }`,
    );

  test("is cancelled with its money and units back, once, and can then be deleted", async () => {
    const before = stock() ?? 0;
    expect(await cancel()).toEqual({ job: { done: true }, orderCancelUserErrors: [], userErrors: [] });
    expect(stock()).toBe(before + 2);
    expect(
      await ask(
        `{ order(id: "${orderId}") { cancelReason displayFinancialStatus refunds(first: 1) { refundLineItems(first: 1) { nodes { quantity } } } } }`,
      ),
    ).toEqual({
      cancelReason: "CUSTOMER",
      displayFinancialStatus: "REFUNDED",
      refunds: [{ refundLineItems: { nodes: [{ quantity: 2 }] } }],
    });
    expect(topics(told())).toEqual(expect.arrayContaining(["refunds/create", "orders/cancelled", "orders/updated"]));
    expect((await cancel()).orderCancelUserErrors).toHaveLength(1);
    expect(await ask(`mutation { orderDelete(orderId: "${orderId}") { deletedId userErrors { message } } }`)).toEqual({
      deletedId: orderId,
      userErrors: [],
    });
    expect(told()[0]).toMatchObject({ topic: "orders/delete", body: { id: Number(orderId.split("/").at(-1)) } });
  });

  test("that was sent is not cancelled, and one that is not cancelled not deleted", async () => {
    await send(1);
    expect((await cancel()).orderCancelUserErrors).toHaveLength(1);
    expect(
      (await ask(`mutation { orderDelete(orderId: "${orderId}") { deletedId userErrors { message } } }`)).userErrors,
    ).toHaveLength(1);
  });

  test("only authorized is captured when it is paid, and voided when it is cancelled", async () => {
    const held = `gid://shopify/Order/${putOrder(small, 1, { financialStatus: "AUTHORIZED" }).id}`;
    const paid = await ask(
      `mutation { orderMarkAsPaid(input: { id: "${held}" }) { order { displayFinancialStatus transactions(first: 5) { kind } } userErrors { message } } }`,
    );
    expect(paid.order).toEqual({
      displayFinancialStatus: "PAID",
      transactions: [{ kind: "AUTHORIZATION" }, { kind: "CAPTURE" }],
    });
    expect(topics(told())).toEqual([
      "order_transactions/create",
      "orders/paid",
      "orders/updated",
      "customers/purchasing_summary",
    ]);
    orderId = `gid://shopify/Order/${putOrder(small, 1, { financialStatus: "AUTHORIZED" }).id}`;
    await cancel();
    expect(await ask(`{ order(id: "${orderId}") { displayFinancialStatus transactions(first: 5) { kind } } }`)).toEqual(
      {
        displayFinancialStatus: "VOIDED",
        transactions: [{ kind: "AUTHORIZATION" }, { kind: "VOID" }],
      },
    );
  });

  test("older than 60 days is not there to be changed", async () => {
    orderId = `gid://shopify/Order/${putOrder(small, 90).id}`;
    expect((await cancel()).orderCancelUserErrors).toEqual([
      { field: ["orderId"], message: "Order does not exist", code: "NOT_FOUND" },
    ]);
  });
});

test("abandoned checkouts are the silent ones that say who to reach, and the recovered", async () => {
  const [order] = small.shop.all("order");
  if (!order) throw new Error("no order");
  const checkout = (id: number, email: string | null, updatedAt: string, completedAt: string | null = null) =>
    small.shop.put("checkout", `token-${id}`, {
      ...{ id, token: `token-${id}`, cartToken: null, email, phone: null, customerId: 601, lines: order.lines },
      ...{ attributes: [], note: null, discountCodes: [], shippingLine: null, shippingAddress: null },
      ...{ totals: order.totals, orderId: null, createdAt: "2026-11-21T10:00:00.000Z", updatedAt, completedAt },
    });
  checkout(1, "ada@berg.example", "2026-11-21T11:00:00.000Z");
  checkout(2, null, "2026-11-21T11:00:00.000Z");
  checkout(3, "now@berg.example", "2026-11-21T11:55:00.000Z");
  checkout(4, "back@berg.example", "2026-11-21T11:00:00.000Z", "2026-11-21T11:00:00.000Z");
  const all = await ask(
    `{ abandonedCheckouts(first: 9) { nodes { id completedAt abandonedCheckoutUrl totalPriceSet { shopMoney { amount } } customer { id } lineItems(first: 2) { nodes { title quantity } } } } }`,
  );
  expect(all.nodes).toHaveLength(2);
  expect(all.nodes[0]).toMatchObject({
    id: "gid://shopify/AbandonedCheckout/1",
    customer: { id: "gid://shopify/Customer/601" },
    lineItems: { nodes: [{ title: "Field Jacket", quantity: 2 }] },
  });
  const open = await ask(
    `{ abandonedCheckouts(first: 9, query: "recovery_state:not_recovered updated_at:>'2026-11-21T10:30:00Z'") { nodes { id } } }`,
  );
  expect(open.nodes).toEqual([{ id: "gid://shopify/AbandonedCheckout/1" }]);
});
