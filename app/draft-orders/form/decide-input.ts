import type { FieldProblem } from "~/http/errors";
import { toDecimal } from "~/platform/money";
import type { DraftOrderAppliedDiscountInput, DraftOrderInput } from "~/shopify/queries/generated";
import { attributesOf } from "../attributes";
import type { Discount, DraftForm, DraftLine } from "./shape";

/** Shopify takes so many lines in one draft order; https://shopify.dev/docs/api/admin-graphql/2026-07/input-objects/DraftOrderInput */
const mostLines = 499;
const mostUnits = 1_000_000;
const mostTags = 250;
const longestTag = 40;
const longestNote = 5_000;

export type Decided = { input: DraftOrderInput } | { problems: FieldProblem[] };

/**
 * What Shopify is asked for, or what the person has to put right first, each at its field. `currency` is the shop's,
 * `now` decides whether a reservation lies ahead. Pure.
 */
export function decideInput(form: DraftForm, currency: string, now: Date): Decided {
  const problems = [...lineProblems(form.lines), ...orderProblems(form, now)];
  if (problems.length > 0) return { problems };
  const discount = form.discount && appliedDiscount(form.discount, currency, form.discountTitle.trim() || "Discount");
  return {
    input: {
      lineItems: form.lines.map((line) => ({
        ...(line.variantId
          ? { variantId: line.variantId }
          : {
              title: line.title,
              originalUnitPriceWithCurrency: {
                amount: toDecimal(line.price, currency),
                currencyCode: currency as never,
              },
            }),
        quantity: line.quantity,
        appliedDiscount: line.discount && appliedDiscount(line.discount, currency, "Discount"),
        customAttributes: Object.entries(line.properties).map(([key, value]) => ({ key, value })),
      })),
      appliedDiscount: discount,
      shippingLine: form.shipping && {
        title: form.shipping.title.trim(),
        priceWithCurrency: { amount: toDecimal(form.shipping.price, currency), currencyCode: currency as never },
      },
      email: form.email.trim() || null,
      purchasingEntity: form.shopifyCustomerId ? { customerId: form.shopifyCustomerId } : null,
      note: form.note.trim() || null,
      tags: cleanTags(form.tags),
      reserveInventoryUntil: form.reserveUntil,
      customAttributes: attributesOf({
        draftOrderId: form.id,
        conversationId: form.conversationId,
        cartId: form.cartId,
      }),
    },
  };
}

/** Without blanks, empty ones and repeats, as Shopify keeps them: two that differ in case are one. */
export function cleanTags(tags: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const tag of tags.map((one) => one.trim())) {
    if (tag !== "" && !kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag);
  }
  return [...kept.values()];
}

function lineProblems(lines: readonly DraftLine[]): FieldProblem[] {
  if (lines.length === 0) return [{ field: "lines", message: "Add at least one product." }];
  if (lines.length > mostLines) return [{ field: "lines", message: `A draft order holds at most ${mostLines} lines.` }];
  return lines.flatMap((line, index) => {
    const problems: FieldProblem[] = [];
    const at = (field: string, message: string) => problems.push({ field: `lines.${index}.${field}`, message });
    if (!Number.isInteger(line.quantity) || line.quantity < 1) at("quantity", "Enter 1 or more.");
    else if (line.quantity > mostUnits) at("quantity", `Enter at most ${mostUnits.toLocaleString("en")}.`);
    if (!line.variantId && line.title.trim() === "") at("title", "Enter a name.");
    if (!line.variantId && line.price < 0) at("price", "Enter a price of 0 or more.");
    const wrong = line.discount && discountProblem(line.discount, line.price);
    if (wrong) at("discount", wrong);
    return problems;
  });
}

function orderProblems(form: DraftForm, now: Date): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const at = (field: string, message: string) => problems.push({ field, message });
  const wrong = form.discount && discountProblem(form.discount, null);
  if (wrong) at("discount", wrong);
  if (form.shipping) {
    if (form.shipping.title.trim() === "") at("shipping.title", "Enter a name for the shipping, such as Standard.");
    if (!isAmount(form.shipping.price)) at("shipping.price", "Enter an amount of 0 or more.");
  }
  const email = form.email.trim();
  if (email !== "" && !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/.test(email)) {
    at("email", "Enter a full e-mail address, such as name@example.com.");
  }
  if (form.note.length > longestNote) at("note", `Use at most ${longestNote.toLocaleString("en")} characters.`);
  const tags = cleanTags(form.tags);
  if (tags.length > mostTags) at("tags", `Use at most ${mostTags} tags.`);
  if (tags.some((tag) => tag.length > longestTag)) at("tags", `A tag has at most ${longestTag} characters.`);
  if (form.reserveUntil !== null) {
    const until = Date.parse(form.reserveUntil);
    if (Number.isNaN(until)) at("reserveUntil", "Enter a date and a time.");
    else if (until <= now.getTime()) at("reserveUntil", "Choose a time that lies ahead.");
  }
  return problems;
}

function discountProblem(discount: Discount, unitPrice: number | null): string | null {
  if (discount.kind === "percent") {
    return discount.value > 0 && discount.value <= 100 ? null : "Enter a percentage above 0 and up to 100.";
  }
  if (!isAmount(discount.value) || discount.value === 0) return "Enter an amount above 0.";
  if (unitPrice !== null && discount.value > unitPrice) return "This is more than the price of one.";
  return null;
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function appliedDiscount(discount: Discount, currency: string, title: string): DraftOrderAppliedDiscountInput {
  if (discount.kind === "percent") return { title, value: discount.value, valueType: "PERCENTAGE" };
  const amount = toDecimal(discount.value, currency);
  return {
    title,
    value: Number(amount),
    amountWithCurrency: { amount, currencyCode: currency as never },
    valueType: "FIXED_AMOUNT",
  };
}
