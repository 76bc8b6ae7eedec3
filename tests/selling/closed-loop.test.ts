import { beforeAll, describe, expect, it } from "vitest";
import type { CartLine } from "~/carts/cart";
import { findOrOpen } from "~/conversations/open";
import { reply } from "~/conversations/reply";
import { attributesOf } from "~/draft-orders/attributes";
import { createDraft } from "~/draft-orders/create";
import type { DraftForm, DraftLine } from "~/draft-orders/form/shape";
import { loadDraft } from "~/draft-orders/load";
import { prepareDraft } from "~/draft-orders/prepare";
import { draftReported } from "~/draft-orders/reported";
import { updateDraft } from "~/draft-orders/update";
import { change } from "~/events/change";
import { newId } from "~/platform/ids";
import { lineOf } from "../../dev/shopify/commerce/lines";
import { placeOrder } from "../../dev/shopify/commerce/place-order";
import { totalsOf } from "../../dev/shopify/commerce/prices";
import { taxOf } from "../../dev/shopify/commerce/tax";
import { type CheckoutRecord, idOf } from "../../dev/shopify/records";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

/** A shopper with a cart and a chat in which staff wrote, and an open draft order of the cart. */
async function scene() {
  stage.small.shop.put("product", 1, { ...restocked() });
  const shopper = await stage.shopper();
  const cart = await stage.cart(shopper);
  const conversation = await change(shopper, (tx) => findOrOpen(tx, shopper));
  await say(conversation.id);
  const { form } = await prepareDraft(stage.staff, { cartId: cart.id, conversationId: conversation.id });
  const draft = await createDraft(stage.staff, form);
  await stage.deliver();
  return { shopper, cart, conversation, draft };
}

function restocked() {
  const product = stage.small.shop.get("product", 1);
  if (!product) throw new Error("product 1 is missing");
  return { ...product, variants: product.variants.map((one) => ({ ...one, inventoryQuantity: 500 })) };
}

const say = (conversationId: string) =>
  reply(stage.staff, { conversationId, text: "Take the M", clientKey: newId(), attachmentIds: [], seenPosition: null });

function payDraft(shopifyDraftOrderId: string, paymentPending = false) {
  const from = stage.small.shop.get("draftOrder", idOf("DraftOrder", shopifyDraftOrderId) ?? 0);
  if (!from) throw new Error("the draft is not in Shopify");
  stage.clock.advance(1_000);
  stage.small.pass(1_000);
  return placeOrder(stage.small.world, stage.small.shop, { from, paymentPending });
}

/** The shopper checks the cart out; its attribute is the one that the widget wrote into it. */
function payCart(cart: { id: string; token: string }, quantity = 2) {
  const { shop, world } = stage.small;
  const lines = [lineOf(shop, 11, quantity)];
  const at = world.clock().toISOString();
  const checkout: CheckoutRecord = {
    id: shop.newId("checkout"),
    token: `checkout-${newId()}`,
    cartToken: cart.token,
    email: "sam@example.com",
    phone: null,
    customerId: null,
    lines,
    attributes: [{ key: "__throughline", value: cart.id }],
    note: null,
    discountCodes: [],
    shippingLine: null,
    shippingAddress: null,
    totals: totalsOf({ lines, orderDiscount: null, shippingLine: null, taxRate: taxOf(shop.settings()).rate }),
    orderId: null,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
  };
  shop.put("checkout", checkout.token, checkout);
  stage.clock.advance(1_000);
  stage.small.pass(1_000);
  return placeOrder(world, shop, { from: checkout });
}

const shopifyDraft = (gid: string) => stage.small.shop.get("draftOrder", idOf("DraftOrder", gid) ?? 0);
const gid = (order: { id: number }) => `gid://shopify/Order/${order.id}`;
const rowOf = (id: string) => stage.app.db.prisma.draftOrder.findFirstOrThrow({ where: { id } });
const cartOf = (id: string) => stage.app.db.prisma.cart.findFirstOrThrow({ where: { id } });
const salesOf = (conversationId: string) => stage.app.db.prisma.sale.findMany({ where: { conversationId } });
async function factsOf(conversationId: string) {
  const facts = await stage.app.db.prisma.event.findMany({ where: { conversationId }, orderBy: { position: "asc" } });
  return facts.filter(({ kind }) => kind.startsWith("draft-order.") || kind.startsWith("sale."));
}

describe("the draft order is paid", () => {
  it("shows it in the conversation, asks for the cart to be emptied and counts the sale with its evidence", async () => {
    const { cart, conversation, draft } = await scene();
    const order = payDraft(draft.shopifyDraftOrderId);
    await stage.deliver();
    expect(await rowOf(draft.id)).toMatchObject({ status: "paid", orderId: gid(order) });
    expect((await cartOf(cart.id)).emptyRequestedAt).not.toBeNull();
    expect(await salesOf(conversation.id)).toEqual([
      expect.objectContaining({
        orderId: gid(order),
        orderName: order.name,
        evidence: "draft-order",
        draftOrderId: draft.id,
        currency: "EUR",
        total: order.totals.total,
      }),
    ]);
    const facts = await factsOf(conversation.id);
    expect(facts.map(({ kind }) => kind)).toContain("draft-order.paid");
    expect(facts.filter(({ kind }) => kind === "draft-order.paid")).toHaveLength(1);
  });

  it.each<[string, (topics: string[]) => string[]]>([
    ["in the opposite order", (topics) => topics.toReversed()],
    ["with only the order's payment", () => ["orders/paid"]],
    ["with only the draft's update, its order's webhooks lost", () => ["draft_orders/update"]],
  ])("comes to the same when the webhooks arrive %s", async (_how, order) => {
    const { conversation, draft, cart } = await scene();
    const placed = payDraft(draft.shopifyDraftOrderId);
    await stage.deliver(order);
    expect(await rowOf(draft.id)).toMatchObject({ status: "paid", orderId: gid(placed) });
    expect(await salesOf(conversation.id)).toHaveLength(1);
    expect((await cartOf(cart.id)).emptyRequestedAt).not.toBeNull();
  });

  it("leaves in the cart what the shopper put in after the draft order was made, unless staff put it in too", async () => {
    const { cart, draft } = await scene();
    const [jacket] = (await cartOf(cart.id)).lines as unknown as CartLine[];
    const other = (variant: number) => ({
      ...(jacket as CartLine),
      key: `${variant}:later`,
      variantId: `gid://shopify/ProductVariant/${variant}`,
      quantity: 1,
    });
    await stage.app.db.prisma.cart.update({
      where: { shopId_id: { shopId: stage.staff.shop.id, id: cart.id } },
      data: { lines: [jacket, other(12), other(13)] as object[] },
    });
    const { now } = await loadDraft(stage.staff, draft.id);
    const form = now?.form as DraftForm;
    await updateDraft(stage.staff, {
      ...form,
      lines: [
        ...form.lines,
        { ...(form.lines[0] as DraftLine), key: "more", variantId: other(12).variantId, quantity: 1 },
      ],
    });
    payDraft(draft.shopifyDraftOrderId);
    await stage.deliver();
    const lines = (await cartOf(cart.id)).lines as unknown as CartLine[];
    expect(lines.map(({ settled }) => settled ?? 0)).toEqual([jacket?.quantity, 1, 0]);
  });

  it("waits for the payment of an order on account", async () => {
    const { conversation, draft } = await scene();
    const order = payDraft(draft.shopifyDraftOrderId, true);
    await stage.deliver();
    expect(await rowOf(draft.id)).toMatchObject({ status: "open", orderId: gid(order) });
    expect(await salesOf(conversation.id)).toEqual([]);
  });
});

describe("the shopper pays the cart instead", () => {
  it("voids the open draft order in Shopify and counts the cart's sale for the conversation that staff wrote in", async () => {
    const { cart, conversation, draft } = await scene();
    const order = payCart(cart);
    await stage.deliver();
    await stage.deliver();
    expect(stage.small.shop.get("draftOrder", idOf("DraftOrder", draft.shopifyDraftOrderId) ?? 0)).toBeNull();
    expect(await rowOf(draft.id)).toMatchObject({ status: "voided", invoiceUrl: null });
    expect(await cartOf(cart.id)).toMatchObject({ status: "ordered", orderId: gid(order) });
    expect(await salesOf(conversation.id)).toEqual([
      expect.objectContaining({ orderId: gid(order), evidence: "cart", cartId: cart.id, draftOrderId: null }),
    ]);
    const voided = (await factsOf(conversation.id)).filter(({ kind }) => kind === "draft-order.voided");
    expect(voided).toEqual([expect.objectContaining({ data: expect.objectContaining({ because: "cart-paid" }) })]);
    expect(await loadDraft(stage.staff, draft.id)).toMatchObject({ now: null, cartPaid: true });
  });

  it("voids also the draft order whose row is written only after the payment", async () => {
    const { cart, draft } = await scene();
    const row = await rowOf(draft.id);
    await stage.app.db.prisma.draftOrder.delete({ where: { shopId_id: { shopId: row.shopId, id: row.id } } });
    payCart(cart);
    await stage.deliver();
    expect(shopifyDraft(draft.shopifyDraftOrderId)).not.toBeNull();
    const attributes = attributesOf({ draftOrderId: draft.id, conversationId: null, cartId: cart.id });
    await draftReported(stage.staff, { ...row, invoiceSent: false, completed: false, attributes });
    await stage.work();
    expect((await rowOf(draft.id)).status).toBe("voided");
    expect(shopifyDraft(draft.shopifyDraftOrderId)).toBeNull();
  });

  it("counts nothing when nobody of the staff wrote, or too long ago", async () => {
    const shopper = await stage.shopper();
    const silent = await stage.cart(shopper);
    const conversation = await change(shopper, (tx) => findOrOpen(tx, shopper));
    payCart(silent, 1);
    await stage.deliver();
    expect(await salesOf(conversation.id)).toEqual([]);

    await say(conversation.id);
    stage.clock.advance(8 * 86_400_000);
    stage.small.pass(8 * 86_400_000);
    payCart(await stage.cart(shopper), 1);
    await stage.deliver();
    expect(await salesOf(conversation.id)).toEqual([]);
  });
});

describe("both are paid", () => {
  it.each<[string, "draft" | "cart", (topics: string[]) => string[]]>([
    ["the draft first", "draft", (topics) => topics],
    ["the draft first, told last", "draft", (topics) => topics.toReversed()],
    ["the cart first", "cart", (topics) => topics],
    ["the cart first, told last", "cart", (topics) => topics.toReversed()],
  ])("counts once, for the one paid first: %s", async (_what, first, order) => {
    const { cart, conversation, draft } = await scene();
    const pay = {
      draft: () => payDraft(draft.shopifyDraftOrderId),
      cart: () => payCart(cart),
    };
    const one = pay[first]();
    pay[first === "draft" ? "cart" : "draft"]();
    await stage.deliver(order);
    await stage.deliver();
    expect(await salesOf(conversation.id)).toEqual([
      expect.objectContaining({ orderId: gid(one), evidence: first === "draft" ? "draft-order" : "cart" }),
    ]);
    expect((await rowOf(draft.id)).status).toBe("paid");
    expect((await cartOf(cart.id)).status).toBe("ordered");
    const doubled = (await factsOf(conversation.id)).filter(({ kind }) => kind === "sale.doubled");
    expect(doubled).toHaveLength(1);
  });
});

it("counts a later purchase in the same cart, once the paid units have left it, as another sale", async () => {
  const { cart, conversation, draft } = await scene();
  payDraft(draft.shopifyDraftOrderId);
  await stage.deliver();
  // The shopper's page took the paid units out and the shopper put something else in.
  await stage.app.db.prisma.cart.update({
    where: { shopId_id: { shopId: stage.staff.shop.id, id: cart.id } },
    data: { emptyRequestedAt: null, status: "active" },
  });
  payCart(cart, 1);
  await stage.deliver();
  expect(await salesOf(conversation.id)).toHaveLength(2);
});

it("is voided when staff delete it in Shopify, and stays paid when it was paid before", async () => {
  const { draft } = await scene();
  const { draftDeleted } = await import("~/draft-orders/reported");
  await draftDeleted(stage.staff, draft.shopifyDraftOrderId);
  expect(await rowOf(draft.id)).toMatchObject({ status: "voided" });

  const other = await scene();
  payDraft(other.draft.shopifyDraftOrderId);
  await stage.deliver();
  await draftDeleted(stage.staff, other.draft.shopifyDraftOrderId);
  expect(await rowOf(other.draft.id)).toMatchObject({ status: "paid" });
});

it("is settled within the hour when every webhook of its payment was lost", async () => {
  const { settleOpenDrafts } = await import("~/draft-orders/settle");
  const { draft, conversation } = await scene();
  payDraft(draft.shopifyDraftOrderId);
  await stage.deliver(() => []);
  expect((await rowOf(draft.id)).status).toBe("open");
  await settleOpenDrafts(stage.app);
  await stage.work();
  expect((await rowOf(draft.id)).status).toBe("paid");
  expect(await salesOf(conversation.id)).toHaveLength(1);
});

it("asks for every open draft order in turn, however many another shop has and however old it is", async () => {
  const { settleOpenDrafts } = await import("~/draft-orders/settle");
  const { prisma, sql } = stage.app.db;
  const { draft } = await scene();
  await sql.query(`UPDATE "draft_order" SET "askedAt" = NULL, "updatedAt" = '2026-01-01'`);
  const row = await rowOf(draft.id);
  await prisma.draftOrder.createMany({
    data: Array.from({ length: 150 }, (_, index) => {
      const { shopId, status, currency, total, createdAt } = row;
      const ours = { shopId: index < 130 ? stage.stranger.shop.id : shopId, status, currency, total, createdAt };
      return {
        ...ours,
        id: newId(),
        shopifyDraftOrderId: `gid://shopify/DraftOrder/9${index}`,
        name: "#",
        updatedAt: new Date("2026-01-01"),
      };
    }),
  });
  const asked = async () => {
    await sql.query(`DELETE FROM graphile_worker._private_jobs`);
    await settleOpenDrafts(stage.app);
    const found = await sql.query<{ id: string }>(
      `SELECT payload->>'draftOrderId' AS id FROM graphile_worker._private_jobs`,
    );
    return found.rows.map(({ id }) => id);
  };
  const open = await prisma.draftOrder.count({ where: { status: { in: ["open", "invoice_sent"] } } });
  const first = await asked();
  expect(first).toContain(draft.id);
  expect(first.length).toBeLessThan(open);
  const second = await asked();
  expect(new Set([...first, ...second]).size).toBe(open);
  expect(await asked()).toEqual([]);
  const passes = (milliseconds: number) => {
    stage.clock.advance(milliseconds);
    stage.small.pass(milliseconds);
  };
  passes(31 * 60_000);
  expect(await asked()).not.toContain(draft.id);
  passes(23 * 3_600_000);
  await asked();
  expect(await asked()).toHaveLength(30);
  await prisma.draftOrder.deleteMany({ where: { name: "#" } });
  await sql.query(`DELETE FROM graphile_worker._private_jobs`);
});

it("counts the sale of a cart, and takes back its draft order, when every webhook of the payment was lost", async () => {
  const { settleSilentCarts } = await import("~/selling/settle-carts");
  const { cart, conversation, draft } = await scene();
  const order = payCart(cart);
  await stage.deliver(() => []);
  await settleSilentCarts(stage.app);
  await stage.work();
  expect((await cartOf(cart.id)).status).toBe("active");
  stage.clock.advance(16 * 60_000);
  await settleSilentCarts(stage.app);
  await stage.work();
  expect(await cartOf(cart.id)).toMatchObject({ status: "ordered", orderId: gid(order) });
  expect((await rowOf(draft.id)).status).toBe("voided");
  expect(await salesOf(conversation.id)).toEqual([expect.objectContaining({ orderId: gid(order), evidence: "cart" })]);
});

it("leaves a cart that nobody paid as it is", async () => {
  const { settleSilentCarts } = await import("~/selling/settle-carts");
  const { cart, draft } = await scene();
  stage.clock.advance(16 * 60_000);
  await settleSilentCarts(stage.app);
  await stage.work();
  expect(await cartOf(cart.id)).toMatchObject({ status: "active", orderId: null, askedAt: stage.clock.now() });
  expect((await rowOf(draft.id)).status).toBe("open");
});

it("does not take a copy that was paid before the original has an order for the payment of the original", async () => {
  const { orderReported } = await import("~/selling/order-reported");
  const { draft, conversation } = await scene();
  await orderReported(stage.staff, {
    orderId: "gid://shopify/Order/888888",
    name: "#copy",
    currency: "EUR",
    total: 100,
    paid: true,
    at: stage.clock.now(),
    fromDraft: true,
    cartToken: null,
    attributes: [{ name: "__throughline_draft", value: draft.id }],
  });
  await stage.work();
  expect(await rowOf(draft.id)).toMatchObject({ status: "open", orderId: null });
  const order = payDraft(draft.shopifyDraftOrderId);
  await stage.deliver((topics) => topics.filter((topic) => topic === "orders/paid"));
  expect(await rowOf(draft.id)).toMatchObject({ status: "paid", orderId: gid(order) });
  expect(await salesOf(conversation.id)).toHaveLength(1);
});

it("does not let a late report bring back an older state", async () => {
  const { draft } = await scene();
  const now = await rowOf(draft.id);
  await draftReported(stage.staff, {
    shopifyDraftOrderId: draft.shopifyDraftOrderId,
    name: "#old",
    invoiceSent: false,
    completed: false,
    currency: "EUR",
    total: 1,
    invoiceUrl: null,
    orderId: null,
    createdAt: now.createdAt,
    updatedAt: new Date(now.updatedAt.getTime() - 1_000),
    attributes: [],
  });
  expect(await rowOf(draft.id)).toEqual(now);
});

it("takes the order of a copy, which carries the same attributes, for no payment of its own", async () => {
  const { draft, conversation } = await scene();
  const order = payDraft(draft.shopifyDraftOrderId, true);
  await stage.deliver();
  const { orderReported } = await import("~/selling/order-reported");
  await orderReported(stage.staff, {
    orderId: "gid://shopify/Order/777777",
    name: "#copy",
    currency: "EUR",
    total: 100,
    paid: true,
    at: stage.clock.now(),
    fromDraft: true,
    cartToken: null,
    attributes: [{ name: "__throughline_draft", value: draft.id }],
  });
  expect(await rowOf(draft.id)).toMatchObject({ status: "open", orderId: gid(order) });
  expect(await salesOf(conversation.id)).toEqual([]);
});

it("believes no draft's attributes in an order that came from the storefront", async () => {
  const { draft, conversation } = await scene();
  const { orderReported } = await import("~/selling/order-reported");
  await orderReported(stage.staff, {
    orderId: "gid://shopify/Order/424242",
    name: "#9999",
    currency: "EUR",
    total: 100,
    paid: true,
    at: stage.clock.now(),
    fromDraft: false,
    cartToken: null,
    attributes: [{ name: "__throughline_draft", value: draft.id }],
  });
  expect((await rowOf(draft.id)).status).toBe("open");
  expect(await salesOf(conversation.id)).toEqual([]);
});
