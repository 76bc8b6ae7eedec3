import type { FieldProblem } from "~/http/errors";
import type { UserError } from "~/shopify/admin-errors";

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
 * `lines.2.quantity`. What has no field of ours stands over the form (empty field). Pure.
 */
export function decideFields(userErrors: readonly UserError[]): FieldProblem[] {
  return userErrors.map(({ field, message }) => ({ field: fieldOf(field ?? []), message: sentence(message) }));
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
