import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findOrOpen } from "~/conversations/open";
import { calculateDraft } from "~/draft-orders/calculate";
import { createDraft } from "~/draft-orders/create";
import type { DraftForm } from "~/draft-orders/form/shape";
import { loadDraft } from "~/draft-orders/load";
import { prepareDraft } from "~/draft-orders/prepare";
import { sendByEmail, sendIntoConversation } from "~/draft-orders/send-invoice";
import { NotOpen, updateDraft } from "~/draft-orders/update";
import { change } from "~/events/change";
import { Invalid, NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { ShopifyDown, ShopifyThrottled, type UserError } from "~/shopify/admin-errors";
import { resetSwitchboard, switchboard } from "../../dev/shopify/admin-api/switchboard";
import { idOf } from "../../dev/shopify/records";
import { cartLine, type Stage, setStage } from "../support/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

beforeEach(() => {
  stage.trouble.next = [];
});

/** A shopper with a cart and a chat, and the form that staff get for it. */
async function scene(changes: object = {}) {
  const shopper = await stage.shopper({ email: "sam@example.com" });
  const cart = await stage.cart(shopper, changes);
  const conversation = await change(shopper, (tx) => findOrOpen(tx, shopper));
  const from = { cartId: cart.id, conversationId: conversation.id };
  const prepared = await prepareDraft(stage.staff, from);
  return { shopper, cart, conversation, prepared, form: prepared.form };
}

const recordOf = (id: string) => stage.small.shop.get("draftOrder", idOf("DraftOrder", id) ?? 0);
const drafts = () => stage.small.shop.all("draftOrder").length;

describe("the form", () => {
  it("is filled with the cart, its note, its shopper's address and what the cart takes off", async () => {
    const { form, cart, conversation } = await scene({ total: 35_820, discountCodes: ["WELCOME10"], note: "Gift" });
    expect(form).toMatchObject({
      cartId: cart.id,
      conversationId: conversation.id,
      email: "sam@example.com",
      note: "Gift",
      discount: { kind: "amount", value: 3_980 },
      discountTitle: "WELCOME10",
      lines: [{ variantId: "gid://shopify/ProductVariant/11", quantity: 2, price: 19_900, title: "Field Jacket" }],
    });
  });

  it("finds the cart of a conversation by itself", async () => {
    const { conversation, cart } = await scene();
    const prepared = await prepareDraft(stage.staff, { cartId: null, conversationId: conversation.id });
    expect(prepared.form.cartId).toBe(cart.id);
  });

  it("takes the products' prices when the cart has another currency, and says so", async () => {
    const { prepared } = await scene({
      currency: "USD",
      total: 50_000,
      lines: [cartLine({ price: 25_000 })] as object[],
    });
    expect(prepared.otherCurrency).toBe("USD");
    expect(prepared.form.lines[0]?.price).toBe(19_900);
    expect(prepared.form.discount).toBeNull();
  });

  it("opens all the same when Shopify is down, with the cart's own words", async () => {
    stage.trouble.next = ["502", "502"];
    const { prepared } = await scene();
    expect(prepared.problem).toMatchObject({ code: "shopify-down" });
    expect(prepared.form.lines[0]).toMatchObject({ title: "Field Jacket", price: 19_900 });
  });

  it("is not given for another shop's cart or conversation, or for what is no id", async () => {
    const { cart, conversation } = await scene();
    const asked = [
      { cartId: cart.id, conversationId: null },
      { cartId: null, conversationId: conversation.id },
    ];
    for (const from of asked) await expect(prepareDraft(stage.stranger, from)).rejects.toBeInstanceOf(NotFound);
    const junk = prepareDraft(stage.staff, { cartId: "' OR 1=1", conversationId: null });
    await expect(junk).rejects.toBeInstanceOf(NotFound);
  });
});

describe("the total", () => {
  it("is Shopify's, with line and order discounts, shipping and taxes", async () => {
    const { form } = await scene();
    const before = drafts();
    const calculated = await calculateDraft(stage.staff, {
      ...form,
      lines: form.lines.map((line) => ({ ...line, discount: { kind: "amount" as const, value: 900 } })),
      discount: { kind: "percent", value: 10 },
      shipping: { title: "Standard", price: 490 },
    });
    // 2 × (199.00 − 9.00) = 380.00, less 10 % = 342.00; taxes on that as the shop's.
    expect(calculated.problems).toEqual([]);
    expect(calculated.totals).toMatchObject({
      currency: "EUR",
      subtotal: 38_000,
      discount: 3_800,
      shipping: 490,
      lines: [38_000],
    });
    const { subtotal, discount, shipping, tax, total } = calculated.totals ?? {
      subtotal: 0,
      discount: 0,
      shipping: 0,
      tax: 0,
      total: 0,
    };
    expect(tax).toBeGreaterThan(0);
    expect(total).toBe(subtotal - discount + shipping + tax);
    expect(drafts()).toBe(before);
  });

  it("warns of oversold stock with what is there, counting all lines of the variant", async () => {
    const { form } = await scene({
      lines: [cartLine({ quantity: 4 }), cartLine({ key: "11:b", quantity: 3 })] as object[],
    });
    const { notices, totals } = await calculateDraft(stage.staff, form);
    expect(notices).toEqual({
      "11:a": { kind: "oversold", available: 5, asked: 7 },
      "11:b": { kind: "oversold", available: 5, asked: 7 },
    });
    expect(totals).not.toBeNull();
  });

  it("says at the line that a product was deleted, and that one is not on sale", async () => {
    const gone = cartLine({ key: "gone", variantId: "gid://shopify/ProductVariant/999" });
    const archived = cartLine({ key: "old", variantId: "gid://shopify/ProductVariant/31" });
    const { form } = await scene({ lines: [cartLine(), gone, archived] as object[] });
    const calculated = await calculateDraft(stage.staff, form);
    expect(calculated.problems).toEqual([{ field: "lines.1.variant", message: expect.stringContaining("deleted") }]);
    expect(calculated.notices).toMatchObject({ gone: { kind: "gone" }, old: { kind: "not-for-sale" } });
  });
});

describe("Create draft order", () => {
  it("makes one in Shopify with its ties, keeps the row and shows it in the conversation", async () => {
    const { form, conversation, cart } = await scene();
    const draft = await createDraft(stage.staff, { ...form, tags: ["chat", " Chat ", ""], note: "Size checked" });
    expect(draft).toMatchObject({ id: form.id, status: "open", conversationId: conversation.id, cartId: cart.id });
    const record = recordOf(draft.shopifyDraftOrderId);
    expect(record).toMatchObject({ email: "sam@example.com", note: "Size checked", tags: ["chat"] });
    expect(record?.attributes).toEqual([
      { key: "__throughline_draft", value: draft.id },
      { key: "__throughline_conversation", value: conversation.id },
      { key: "__throughline_cart", value: cart.id },
    ]);
    expect(draft.total).toBe(record?.totals.total);
    const facts = await stage.app.db.prisma.event.findMany({ where: { conversationId: conversation.id } });
    expect(facts.filter(({ kind }) => kind === "draft-order.created")).toEqual([
      expect.objectContaining({ position: 1, actor: "staff", actorId: stage.staff.actor.id }),
    ]);
  });

  it("makes one however often and however much at once the form is sent", async () => {
    const { form } = await scene();
    const before = drafts();
    const made = await Promise.all([1, 2, 3].map(() => createDraft(stage.staff, form)));
    expect(new Set(made.map((one) => one.shopifyDraftOrderId)).size).toBe(1);
    expect(drafts()).toBe(before + 1);
    await createDraft(stage.staff, form);
    expect(drafts()).toBe(before + 1);
  });

  it("finds the one that Shopify made when its answer was lost", async () => {
    const { form } = await scene();
    const before = drafts();
    // The look for an earlier one passes; then the creation is done and its answer is lost.
    const asked = createDraft(stage.staff, form);
    stage.trouble.next = ["none" as never, "lost-answer"];
    const draft = await asked;
    expect(drafts()).toBe(before + 1);
    expect(recordOf(draft.shopifyDraftOrderId)).toBeDefined();
  });

  it("finds it on the next try when nothing could be read after the lost answer", async () => {
    const { form } = await scene();
    const before = drafts();
    stage.trouble.next = ["none" as never, "lost-answer", "502", "502"];
    await expect(createDraft(stage.staff, form)).rejects.toBeInstanceOf(ShopifyDown);
    expect(await stage.app.db.prisma.draftOrder.count({ where: { id: form.id } })).toBe(0);
    const draft = await createDraft(stage.staff, form);
    expect(draft.id).toBe(form.id);
    expect(drafts()).toBe(before + 1);
  });

  it("adopts it from Shopify's webhook when staff never try again", async () => {
    await stage.deliver();
    const { form, conversation } = await scene();
    stage.trouble.next = ["none" as never, "lost-answer", "502", "502"];
    await expect(createDraft(stage.staff, form)).rejects.toBeInstanceOf(ShopifyDown);
    await stage.deliver();
    const row = await stage.app.db.prisma.draftOrder.findFirstOrThrow({ where: { id: form.id } });
    expect(row).toMatchObject({ status: "open", conversationId: conversation.id });
  });

  it("leaves nothing behind when Shopify is down", async () => {
    const { form } = await scene();
    const before = drafts();
    stage.trouble.next = ["502", "502"];
    await expect(createDraft(stage.staff, form)).rejects.toBeInstanceOf(ShopifyDown);
    expect(drafts()).toBe(before);
    expect(await stage.app.db.prisma.draftOrder.count({ where: { id: form.id } })).toBe(0);
  });

  it.each<[string, (form: DraftForm) => Partial<DraftForm>, string]>([
    ["no line", () => ({ lines: [] }), "lines"],
    ["zero quantity", ({ lines }) => ({ lines: lines.map((line) => ({ ...line, quantity: 0 })) }), "lines.0.quantity"],
    ["half a piece", ({ lines }) => ({ lines: lines.map((line) => ({ ...line, quantity: 1.5 })) }), "lines.0.quantity"],
    ["an address that is none", () => ({ email: "sam at example" }), "email"],
    ["a discount of 120 %", () => ({ discount: { kind: "percent", value: 120 } }), "discount"],
    ["a reservation in the past", () => ({ reserveUntil: "2020-01-01T00:00:00Z" }), "reserveUntil"],
    ["a shipping without a name", () => ({ shipping: { title: " ", price: 100 } }), "shipping.title"],
    ["a tag of 41 characters", () => ({ tags: ["x".repeat(41)] }), "tags"],
    [
      "a deleted variant",
      ({ lines }) => ({ lines: lines.map((line) => ({ ...line, variantId: "gid://shopify/ProductVariant/999" })) }),
      "lines.0.variant",
    ],
  ])("refuses %s at its field and makes nothing", async (_what, changes, field) => {
    const { form } = await scene();
    const before = drafts();
    const asked = createDraft(stage.staff, { ...form, ...changes(form) });
    await expect(asked).rejects.toBeInstanceOf(Invalid);
    await expect(asked).rejects.toMatchObject({ fields: [{ field, message: expect.any(String) }] });
    expect(drafts()).toBe(before);
    expect(await stage.app.db.prisma.draftOrder.count({ where: { id: form.id } })).toBe(0);
  });

  it("says that Shopify is busy when it stays throttled, and makes nothing", async () => {
    const { form } = await scene();
    const before = drafts();
    switchboard(stage.small.world).throttled = true;
    await expect(createDraft(stage.staff, form)).rejects.toMatchObject({ status: 429, code: "shopify-throttled" });
    await expect(calculateDraft(stage.staff, form)).rejects.toBeInstanceOf(ShopifyThrottled);
    resetSwitchboard(stage.small.world);
    expect(drafts()).toBe(before);
    expect(await stage.app.db.prisma.draftOrder.count({ where: { id: form.id } })).toBe(0);
    await createDraft(stage.staff, form);
    expect(drafts()).toBe(before + 1);
  });

  it.each<[UserError[], { field: string; message: string }[]]>([
    [[{ field: ["input", "email"], message: "Email is invalid" }], [{ field: "email", message: "Email is invalid." }]],
    [
      [{ field: ["input", "lineItems", "0", "quantity"], message: "Quantity must be less" }],
      [{ field: "lines.0.quantity", message: "Quantity must be less." }],
    ],
    [[{ field: null, message: "Something is off." }], [{ field: "", message: "Something is off." }]],
  ])("shows Shopify's refusal %j where it belongs", async (userErrors, fields) => {
    const { form } = await scene();
    const { refusals } = switchboard(stage.small.world);
    for (const name of ["draftOrderCreate", "draftOrderCalculate"]) refusals.set(name, userErrors as never);
    await expect(createDraft(stage.staff, form)).rejects.toMatchObject({ status: 422, fields });
    expect(await calculateDraft(stage.staff, form)).toMatchObject({ totals: null, problems: fields });
    resetSwitchboard(stage.small.world);
    expect(await stage.app.db.prisma.draftOrder.count({ where: { id: form.id } })).toBe(0);
  });

  it("refuses another shop's conversation and cart", async () => {
    const { form } = await scene();
    await expect(createDraft(stage.stranger, { ...form, id: newId() })).rejects.toBeInstanceOf(NotFound);
  });

  it("keeps script and HTML as the text that it is", async () => {
    const { form } = await scene();
    const nasty = `<script>alert(1)</script>"'&`;
    const draft = await createDraft(stage.staff, { ...form, note: nasty });
    expect((await loadDraft(stage.staff, draft.id)).now?.form.note).toBe(nasty);
  });
});

describe("an existing draft order", () => {
  it("loads as it was made, can be changed, and stays with its conversation whatever the form says", async () => {
    const { form, conversation } = await scene();
    const made = await createDraft(stage.staff, {
      ...form,
      discount: { kind: "percent", value: 5 },
      discountTitle: "Sorry",
    });
    const { now } = await loadDraft(stage.staff, made.id);
    expect(now?.form).toMatchObject({
      discount: { kind: "percent", value: 5 },
      discountTitle: "Sorry",
      email: "sam@example.com",
    });
    const changed = {
      ...(now?.form as DraftForm),
      conversationId: newId(),
      lines: [{ ...form.lines[0], quantity: 1 }] as DraftForm["lines"],
    };
    const after = await updateDraft(stage.staff, changed);
    expect(after.conversationId).toBe(conversation.id);
    expect(after.total).toBeLessThan(made.total);
    expect(recordOf(made.shopifyDraftOrderId)?.attributes).toContainEqual({
      key: "__throughline_conversation",
      value: conversation.id,
    });
  });

  it("opens where the names of customers are not approved, and not where its e-mail could be written over", async () => {
    const { form } = await scene();
    const made = await createDraft(stage.staff, { ...form, shopifyCustomerId: "gid://shopify/Customer/601" });
    const { shop } = stage.small;
    const approveAllBut = (...unapprovedFields: string[]) =>
      shop.put("shop", "shop", { ...shop.settings(), unapprovedFields });
    approveAllBut("Customer.firstName", "Customer.lastName");
    expect((await loadDraft(stage.staff, made.id)).now?.customerName).toBeNull();
    approveAllBut("Customer.email");
    expect(await loadDraft(stage.staff, made.id)).toMatchObject({ now: null, draft: { status: "open" } });
    approveAllBut();
    expect((await loadDraft(stage.staff, made.id)).now?.customerName).toBe("Ada Berg");
  });

  it("is void when it was deleted in Shopify", async () => {
    const { form } = await scene();
    const made = await createDraft(stage.staff, form);
    stage.small.shop.delete("draftOrder", idOf("DraftOrder", made.shopifyDraftOrderId) ?? 0);
    expect(await loadDraft(stage.staff, made.id)).toMatchObject({ draft: { status: "voided" }, cartPaid: false });
    await expect(updateDraft(stage.staff, form)).rejects.toBeInstanceOf(NotOpen);
  });

  it("is not found by another shop", async () => {
    const { form } = await scene();
    const made = await createDraft(stage.staff, form);
    await expect(loadDraft(stage.stranger, made.id)).rejects.toBeInstanceOf(NotFound);
    await expect(updateDraft(stage.stranger, form)).rejects.toBeInstanceOf(NotFound);
  });
});

describe("Send invoice", () => {
  it("puts the link into the conversation as one message, also when sent twice", async () => {
    const { form, conversation } = await scene();
    const draft = await createDraft(stage.staff, form);
    const text = `Pay here: ${draft.invoiceUrl}`;
    const send = { draftOrderId: draft.id, text, clientKey: newId(), seenPosition: null };
    await sendIntoConversation(stage.staff, send);
    const again = await sendIntoConversation(stage.staff, send);
    expect(again.status).toBe("invoice_sent");
    const messages = await stage.app.db.prisma.message.findMany({ where: { conversationId: conversation.id } });
    expect(messages.map((one) => one.text)).toEqual([text]);
    const where = { conversationId: conversation.id, kind: "draft-order.invoice-sent" };
    expect(await stage.app.db.prisma.event.count({ where })).toBe(1);
  });

  it("refuses a message that lost the link, and sends nothing", async () => {
    const { form, conversation } = await scene();
    const draft = await createDraft(stage.staff, form);
    const send = { draftOrderId: draft.id, text: "Pay soon", clientKey: newId(), seenPosition: null };
    await expect(sendIntoConversation(stage.staff, send)).rejects.toMatchObject({ fields: [{ field: "text" }] });
    expect(await stage.app.db.prisma.message.count({ where: { conversationId: conversation.id } })).toBe(0);
  });

  it("refuses a mail to what is no address", async () => {
    const { form } = await scene();
    const draft = await createDraft(stage.staff, form);
    const send = sendByEmail(stage.staff, { draftOrderId: draft.id, to: "sam", subject: "", message: "" });
    await expect(send).rejects.toMatchObject({ fields: [{ field: "to" }] });
  });
});
