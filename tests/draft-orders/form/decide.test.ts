import { describe, expect, it } from "vitest";
import { attributeNames, attributesOf, tiesIn } from "~/draft-orders/attributes";
import { decideFields } from "~/draft-orders/form/decide-fields";
import { type CartForDraft, decideForm } from "~/draft-orders/form/decide-form";
import { cleanTags, decideInput } from "~/draft-orders/form/decide-input";
import { decideStock, reservedBy } from "~/draft-orders/form/decide-stock";
import type { DraftForm, DraftLine } from "~/draft-orders/form/shape";
import { type DraftStatus, statusAfter } from "~/draft-orders/state";
import type { UserError } from "~/shopify/admin-errors";
import type { VariantNow } from "~/shopify/variants";

const now = new Date("2026-11-21T12:00:00Z");
const id = "01a1ffe0-3ccf-7af6-8085-c6ab6fdbf8c0";

const line = (changes: Partial<DraftLine> = {}): DraftLine => ({
  key: "a",
  variantId: "gid://shopify/ProductVariant/11",
  title: "Field Jacket",
  variantTitle: "M",
  sku: null,
  image: null,
  quantity: 1,
  price: 19_900,
  discount: null,
  properties: {},
  ...changes,
});

const form = (changes: Partial<DraftForm> = {}): DraftForm => ({
  id,
  conversationId: null,
  cartId: null,
  shopifyCustomerId: null,
  email: "",
  note: "",
  tags: [],
  lines: [line()],
  discount: null,
  discountTitle: "",
  shipping: null,
  reserveUntil: null,
  ...changes,
});

const inputOf = (changes: Partial<DraftForm>, currency = "EUR") => {
  const decided = decideInput(form(changes), currency, now);
  if ("problems" in decided) throw new Error(JSON.stringify(decided.problems));
  return decided.input;
};

describe("a form as Shopify's input", () => {
  it("carries lines with their properties, and the ties as hidden attributes", () => {
    const input = inputOf({ conversationId: id, lines: [line({ quantity: 3, properties: { Engraving: "A.B." } })] });
    expect(input.lineItems).toEqual([
      expect.objectContaining({
        variantId: "gid://shopify/ProductVariant/11",
        quantity: 3,
        customAttributes: [{ key: "Engraving", value: "A.B." }],
      }),
    ]);
    expect(input.customAttributes).toEqual([
      { key: attributeNames.draft, value: id },
      { key: attributeNames.conversation, value: id },
    ]);
  });

  it.each<[string, Partial<DraftForm>, string, object]>([
    [
      "10 %",
      { discount: { kind: "percent", value: 10 } },
      "EUR",
      { value: 10, valueType: "PERCENTAGE", title: "Discount" },
    ],
    [
      "12.34 EUR with a reason",
      { discount: { kind: "amount", value: 1234 }, discountTitle: " Sorry " },
      "EUR",
      {
        value: 12.34,
        valueType: "FIXED_AMOUNT",
        title: "Sorry",
        amountWithCurrency: { amount: "12.34", currencyCode: "EUR" },
      },
    ],
    [
      "500 JPY, which has no smaller unit",
      { discount: { kind: "amount", value: 500 } },
      "JPY",
      {
        value: 500,
        valueType: "FIXED_AMOUNT",
        title: "Discount",
        amountWithCurrency: { amount: "500", currencyCode: "JPY" },
      },
    ],
  ])("writes a discount of %s", (_what, changes, currency, discount) => {
    expect(inputOf(changes, currency).appliedDiscount).toEqual(discount);
  });

  it("writes a line that Shopify does not know with its own name and price", () => {
    const { lineItems } = inputOf({ lines: [line({ variantId: null, title: "Gift wrap", price: 450 })] });
    expect(lineItems?.[0]).toMatchObject({
      title: "Gift wrap",
      originalUnitPriceWithCurrency: { amount: "4.50", currencyCode: "EUR" },
    });
  });

  it("sends nothing for what is empty", () => {
    expect(inputOf({ email: "  ", note: " " })).toMatchObject({
      email: null,
      note: null,
      shippingLine: null,
      appliedDiscount: null,
    });
  });

  it.each<[string, Partial<DraftForm>, string[]]>([
    ["no lines", { lines: [] }, ["lines"]],
    ["500 lines", { lines: Array.from({ length: 500 }, (_, key) => line({ key: String(key) })) }, ["lines"]],
    ["minus one", { lines: [line({ quantity: -1 })] }, ["lines.0.quantity"]],
    ["what is no number", { lines: [line({ quantity: Number.NaN })] }, ["lines.0.quantity"]],
    ["two million", { lines: [line({ quantity: 2_000_000 })] }, ["lines.0.quantity"]],
    [
      "more off than the price",
      { lines: [line({ discount: { kind: "amount", value: 19_901 } })] },
      ["lines.0.discount"],
    ],
    ["0 %", { discount: { kind: "percent", value: 0 } }, ["discount"]],
    ["100.5 %", { discount: { kind: "percent", value: 100.5 } }, ["discount"]],
    ["an amount that could not be read", { discount: { kind: "amount", value: -1 } }, ["discount"]],
    ["a shipping price that could not be read", { shipping: { title: "Standard", price: -1 } }, ["shipping.price"]],
    ["several at once", { email: "x", lines: [line(), line({ quantity: 0 })] }, ["lines.1.quantity", "email"]],
    ["a note of 5,001 characters", { note: "x".repeat(5_001) }, ["note"]],
    ["251 tags", { tags: Array.from({ length: 251 }, (_, n) => `t${n}`) }, ["tags"]],
    ["a reservation that is no time", { reserveUntil: "tomorrow" }, ["reserveUntil"]],
    ["a reservation until now", { reserveUntil: now.toISOString() }, ["reserveUntil"]],
  ])("refuses %s, each at its field", (_what, changes, fields) => {
    const decided = decideInput(form(changes), "EUR", now);
    expect("problems" in decided ? decided.problems.map(({ field }) => field) : []).toEqual(fields);
  });

  it("keeps tags as Shopify does: trimmed, none twice whatever the case", () => {
    expect(cleanTags([" VIP ", "vip", "", "chat"])).toEqual(["VIP", "chat"]);
  });
});

describe("a cart as a form", () => {
  const variant = (changes: Partial<VariantNow> = {}): VariantNow => ({
    id: "gid://shopify/ProductVariant/11",
    productTitle: "Field Jacket",
    variantTitle: "M",
    sku: "S",
    image: null,
    price: 19_900,
    available: 5,
    active: true,
    ...changes,
  });
  const cart = (changes: Partial<CartForDraft> = {}): CartForDraft => ({
    id,
    currency: "EUR",
    total: 39_800,
    lines: [
      {
        key: "11",
        variantId: "gid://shopify/ProductVariant/11",
        productId: null,
        title: "Old title",
        variantTitle: "M",
        sku: null,
        image: "/i.png",
        url: null,
        quantity: 2,
        price: 19_900,
        lineTotal: 39_800,
        properties: { _hidden: "1", Engraving: "A" },
      },
    ],
    discountCodes: [],
    note: null,
    ...changes,
  });
  const filled = (changes: Partial<CartForDraft>, now: VariantNow | null = variant()) =>
    decideForm({
      id,
      conversationId: null,
      person: null,
      cart: cart(changes),
      variants: now ? new Map([[now.id, now]]) : null,
      currency: "EUR",
    });

  it.each<[string, Partial<CartForDraft>, VariantNow | null, DraftForm["discount"], number]>([
    ["no discount", {}, variant(), null, 19_900],
    ["a code", { total: 35_820, discountCodes: ["WELCOME10"] }, variant(), { kind: "amount", value: 3_980 }, 19_900],
    [
      "a price that went up meanwhile: the shopper's stays",
      {},
      variant({ price: 20_900 }),
      { kind: "amount", value: 2_000 },
      20_900,
    ],
    ["a price that went down meanwhile: the lower one holds", {}, variant({ price: 18_900 }), null, 18_900],
    ["Shopify not asked", { total: 30_000 }, null, { kind: "amount", value: 9_800 }, 19_900],
    ["another currency", { currency: "USD", total: 100 }, variant(), null, 19_900],
  ])("costs what the cart costs with %s", (_what, changes, now, discount, price) => {
    const { form: made } = filled(changes, now);
    expect(made.discount).toEqual(discount);
    expect(made.lines[0]?.price).toBe(price);
  });

  it("is named as Shopify names it now and keeps what the shopper chose", () => {
    expect(filled({}).form.lines[0]).toMatchObject({
      title: "Field Jacket",
      properties: { _hidden: "1", Engraving: "A" },
    });
  });
});

describe("stock", () => {
  const variants = (available: number | null, active = true) =>
    new Map([["gid://shopify/ProductVariant/11", { available, active } as VariantNow]]);
  it.each<[string, DraftLine[], number | null, object]>([
    ["enough", [line({ quantity: 5 })], 5, {}],
    ["one too many", [line({ quantity: 6 })], 5, { a: { kind: "oversold", available: 5, asked: 6 } }],
    [
      "enough for each line but not for both",
      [line({ quantity: 3 }), line({ key: "b", quantity: 3 })],
      5,
      { a: { kind: "oversold", available: 5, asked: 6 }, b: { kind: "oversold", available: 5, asked: 6 } },
    ],
    ["below zero", [line()], -2, { a: { kind: "oversold", available: 0, asked: 1 } }],
    ["not counted", [line({ quantity: 1000 })], null, {}],
    ["a line of our own", [line({ variantId: null, quantity: 9 })], 0, {}],
  ])("%s", (_what, lines, available, notices) => {
    expect(decideStock(lines, variants(available))).toEqual(notices);
  });
});

describe("what this draft order has reserved itself", () => {
  const variants = new Map([["gid://shopify/ProductVariant/11", { available: 0, active: true } as VariantNow]]);
  const saved = { lines: [line({ quantity: 2 })], reserveUntil: "2026-11-22T00:00:00Z" };
  it("is not missing from its own stock", () => {
    expect(decideStock([line({ quantity: 2 })], variants, reservedBy(saved, now))).toEqual({});
    expect(decideStock([line({ quantity: 3 })], variants, reservedBy(saved, now))).toMatchObject({
      a: { available: 2, asked: 3 },
    });
  });
  it("is nothing when the reservation is over, or there is none", () => {
    expect(reservedBy({ ...saved, reserveUntil: "2026-11-21T11:00:00Z" }, now)).toEqual({});
    expect(reservedBy({ ...saved, reserveUntil: null }, now)).toEqual({});
  });
});

describe("where Shopify's refusals are shown", () => {
  it.each<[UserError, string]>([
    [{ field: ["input", "lineItems", "2", "quantity"], message: "m" }, "lines.2.quantity"],
    [{ field: ["lineItems", "0", "variantId"], message: "m" }, "lines.0.variant"],
    [{ field: ["input", "lineItems", "1"], message: "m" }, "lines.1.variant"],
    [{ field: ["input", "lineItems"], message: "m" }, "lines"],
    [{ field: ["input", "email"], message: "m" }, "email"],
    [{ field: ["input", "appliedDiscount", "value"], message: "m" }, "discount"],
    [{ field: ["input", "shippingLine", "priceWithCurrency"], message: "m" }, "shipping.price"],
    [{ field: ["input", "reserveInventoryUntil"], message: "m" }, "reserveUntil"],
    [{ field: null, message: "Product with ID 11 is no longer available." }, "lines.0.variant"],
    [{ field: null, message: "Something went wrong" }, ""],
    [{ field: ["input", "somethingNew"], message: "m" }, ""],
  ])("%j", (error, field) => {
    expect(decideFields([error], [line()])).toEqual([{ field, message: expect.stringMatching(/\.$/) }]);
  });
});

describe("the status of a draft order", () => {
  it.each<[DraftStatus, boolean, DraftStatus]>([
    ["open", false, "open"],
    ["open", true, "invoice_sent"],
    ["invoice_sent", false, "invoice_sent"],
    ["paid", true, "paid"],
    ["voided", true, "voided"],
  ])("only goes forward: %s and a report with invoice sent %s", (before, invoiceSent, after) => {
    expect(statusAfter(before, { invoiceSent })).toBe(after);
  });
});

describe("ties", () => {
  it("come back as they went", () => {
    const ties = { draftOrderId: id, conversationId: null, cartId: id };
    expect(tiesIn(attributesOf(ties))).toEqual(ties);
  });
  it("that are no ids are nothing", () => {
    expect(
      tiesIn([
        { key: attributeNames.draft, value: "' OR 1=1" },
        { key: attributeNames.cart, value: null },
      ]),
    ).toEqual({
      draftOrderId: null,
      conversationId: null,
      cartId: null,
    });
  });
});
