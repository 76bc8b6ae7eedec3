import type { FieldProblem } from "~/http/errors";
import type { UserError } from "~/shopify/admin-errors";
import type { DraftLine } from "./shape";

/** The last step of Shopify's path → the field of our page. */
const orderFields: Record<string, string> = {
  email: "email",
  note: "note",
  tags: "tags",
  reserveInventoryUntil: "reserveUntil",
  appliedDiscount: "discount",
  shippingLine: "shipping.title",
  purchasingEntity: "customer",
  customerId: "customer",
  lineItems: "lines",
};

const lineFields: Record<string, string> = {
  variantId: "variant",
  quantity: "quantity",
  appliedDiscount: "discount",
  title: "title",
  originalUnitPriceWithCurrency: "price",
};

/**
 * Where each of Shopify's `userErrors` is shown: `["input", "lineItems", "2", "quantity"]` is about field
 * `lines.2.quantity`. One that names no field but a variant ("Product with ID 12 is no longer available") is about that
 * variant's line. What has no field of ours stands over the form (empty field). Pure.
 */
export function decideFields(
  userErrors: readonly UserError[],
  lines: readonly Pick<DraftLine, "variantId">[] = [],
): FieldProblem[] {
  return userErrors.map(({ field, message }) => ({
    field: fieldOf(field ?? []) || lineNamedIn(message, lines),
    message: sentence(message),
  }));
}

function lineNamedIn(message: string, lines: readonly Pick<DraftLine, "variantId">[]): string {
  const ids: string[] = message.match(/\d+/g) ?? [];
  const index = lines.findIndex(
    ({ variantId }) => variantId !== null && ids.includes(variantId.split("/").at(-1) ?? ""),
  );
  return index < 0 ? "" : `lines.${index}.variant`;
}

function fieldOf(path: readonly string[]): string {
  const steps = path[0] === "input" ? path.slice(1) : path;
  const [first = "", index, ...rest] = steps;
  if (first === "lineItems" && index !== undefined && /^\d+$/.test(index)) {
    const step = rest.find((one) => lineFields[one]);
    return `lines.${index}.${step ? lineFields[step] : "variant"}`;
  }
  if (first === "shippingLine" && (index === "price" || index === "priceWithCurrency")) return "shipping.price";
  return orderFields[first] ?? "";
}

function sentence(message: string): string {
  const trimmed = message.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
