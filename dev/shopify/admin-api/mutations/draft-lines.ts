import { findVariant, lineOf } from "../../commerce/lines";
import type { LineRecord } from "../../records";
import type { AdminContext, Arguments } from "../engine/context";
import { tooManyInputs } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { readAttributes, readDiscount, readMoney, textOrNull } from "./read-input";
import { type UserError, userError } from "./user-errors";

const MOST_LINES = 499;

/** The lines of a `DraftOrderInput`: variants at their price now, or custom ones; what is wrong goes to `errors`. */
export function readLines(context: AdminContext, inputs: Arguments[], errors: UserError[]): LineRecord[] {
  if (inputs.length > MOST_LINES) throw tooManyInputs(inputs.length, MOST_LINES);
  return inputs.flatMap((input, index) => {
    const path = ["lineItems", String(index)];
    const quantity = Number(input.quantity);
    if (quantity < 1) {
      errors.push(userError([...path, "quantity"], "Quantity must be greater than or equal to 1"));
    }
    const line =
      typeof input.variantId === "string"
        ? readVariantLine(context, input, quantity, errors)
        : readCustomLine(context, input, quantity, path, errors);
    if (!line) return [];
    line.discount = readDiscount(input.appliedDiscount, [...path, "appliedDiscount"], errors);
    if (typeof input.uuid === "string") line.uuid = input.uuid;
    return [line];
  });
}

function readVariantLine(
  context: AdminContext,
  input: Arguments,
  quantity: number,
  errors: UserError[],
): LineRecord | null {
  const variantId = requireId("ProductVariant", input.variantId);
  // Shopify ignores these when there is a variant; reading them says that we know.
  for (const name of ["title", "sku", "taxable", "requiresShipping", "originalUnitPrice", "grams"]) void input[name];
  if (!findVariant(context.shop, variantId)) {
    errors.push(userError(null, `Product with ID ${variantId} is no longer available.`));
    return null;
  }
  return lineOf(context.shop, variantId, quantity, readAttributes(input.customAttributes));
}

function readCustomLine(
  context: AdminContext,
  input: Arguments,
  quantity: number,
  path: string[],
  errors: UserError[],
): LineRecord {
  const title = textOrNull(input.title);
  if (!title) errors.push(userError(null, "Merchandise title is empty."));
  const amounts = { money: input.originalUnitPriceWithCurrency, bare: input.originalUnitPrice };
  const price = readMoney(context, amounts, [...path, "originalUnitPriceWithCurrency"], errors) ?? 0;
  if (price < 0) errors.push(userError(null, "Cannot send negative price for line_item"));
  return {
    id: context.shop.newId("line"),
    variantId: null,
    productId: null,
    title: title ?? "",
    variantTitle: null,
    sku: textOrNull(input.sku),
    vendor: null,
    quantity,
    price,
    discount: null,
    requiresShipping: input.requiresShipping === true,
    taxable: input.taxable !== false,
    grams: typeof input.grams === "number" ? input.grams : 0,
    attributes: readAttributes(input.customAttributes),
    image: null,
  };
}
