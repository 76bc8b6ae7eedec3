import { totalsOf } from "../../commerce/prices";
import { taxOf } from "../../commerce/tax";
import type { CustomerRecord, DraftOrderRecord, ShippingLineRecord } from "../../records";
import type { AdminContext, Arguments } from "../engine/context";
import { notImplemented, tooManyInputs } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { readLines } from "./draft-lines";
import {
  readAddress,
  readAttributes,
  readDiscount,
  readMoney,
  textOrNull,
  withMetafields,
  wrongCurrency,
} from "./read-input";
import { cleanTags, isEmail, isPhone, tagErrors, type UserError, userError } from "./user-errors";

const MOST_TAGS = 250;
const NOTE_LENGTH = 5000;

/**
 * A `DraftOrderInput` applied to a draft (a blank one for create and calculate). What is not named stays
 * as it is; `lineItems` replaces all lines. Shopify's messages, with its field paths (no "input" in front).
 */
export function applyDraftInput(
  context: AdminContext,
  before: DraftOrderRecord,
  input: Arguments,
): { draft: DraftOrderRecord; userErrors: UserError[] } {
  const errors: UserError[] = [];
  const draft: DraftOrderRecord = { ...before };
  refuseUnsupported(input);
  if (given(input, "tags")) {
    const tags = input.tags as string[];
    if (tags.length > MOST_TAGS) throw tooManyInputs(tags.length, MOST_TAGS);
    errors.push(...tagErrors(tags));
    draft.tags = cleanTags(tags);
  }
  const lines = given(input, "lineItems") ? (input.lineItems as Arguments[]) : null;
  if ((lines ?? draft.lines).length === 0) errors.push(userError(null, "Add at least 1 product"));
  if (lines) draft.lines = readLines(context, lines, errors);
  readCustomer(context, draft, input, errors);
  readContact(draft, input, errors);
  if ("note" in input) draft.note = textOrNull(input.note);
  if ((draft.note?.length ?? 0) > NOTE_LENGTH) {
    errors.push(userError(["note"], `Note is too long (maximum is ${NOTE_LENGTH} characters)`));
  }
  if ("poNumber" in input) draft.poNumber = textOrNull(input.poNumber);
  if (given(input, "customAttributes")) draft.attributes = readAttributes(input.customAttributes);
  if ("appliedDiscount" in input)
    draft.orderDiscount = readDiscount(input.appliedDiscount, ["appliedDiscount"], errors);
  if ("shippingLine" in input) draft.shippingLine = readShippingLine(context, input.shippingLine, errors);
  if ("shippingAddress" in input) draft.shippingAddress = readAddress(context, input.shippingAddress);
  if ("billingAddress" in input) draft.billingAddress = readAddress(context, input.billingAddress);
  if ("reserveInventoryUntil" in input) readReservation(context, draft, input.reserveInventoryUntil, errors);
  if (given(input, "metafields")) draft.metafields = withMetafields(context, draft.metafields, input.metafields);
  const currency = input.presentmentCurrencyCode;
  if (typeof currency === "string" && currency !== draft.currency) {
    errors.push(wrongCurrency(["presentmentCurrencyCode"], currency));
  }
  draft.totals = totalsOf({ ...draft, taxRate: taxOf(context.settings).rate });
  return { draft, userErrors: errors };
}

/** Null clears most fields, but lists and flags cannot be null. */
function given(input: Arguments, name: string): boolean {
  return input[name] !== undefined && input[name] !== null;
}

/** Switches that are off ask for nothing; on, they ask for something we do not do. */
function refuseUnsupported(input: Arguments): void {
  for (const name of ["acceptAutomaticDiscounts", "allowDiscountCodesInCheckout", "visibleToCustomer"]) {
    if (input[name] === true) throw notImplemented(`DraftOrderInput.${name}`);
  }
}

function readCustomer(context: AdminContext, draft: DraftOrderRecord, input: Arguments, errors: UserError[]): void {
  if ("taxExempt" in input) draft.taxExempt = input.taxExempt === true;
  const entity = input.purchasingEntity as Arguments | null | undefined;
  const id = entity ? entity.customerId : input.customerId;
  if (id !== undefined || entity === null) draft.customerId = null;
  const useDefault = input.useCustomerDefaultAddress === true;
  if (typeof id !== "string") return;
  const customer: CustomerRecord | null = context.shop.get("customer", requireId("Customer", id));
  if (!customer) {
    errors.push(userError(entity ? ["purchasingEntity", "customerId"] : ["customerId"], "Customer does not exist"));
    return;
  }
  draft.customerId = customer.id;
  draft.email = customer.email;
  draft.phone = customer.phone;
  draft.taxExempt = draft.taxExempt || customer.taxExempt;
  const address = customer.addresses.find((each) => each.id === customer.defaultAddressId) ?? null;
  if (useDefault) Object.assign(draft, { shippingAddress: address, billingAddress: address });
}

function readContact(draft: DraftOrderRecord, input: Arguments, errors: UserError[]): void {
  if ("email" in input) draft.email = textOrNull(input.email);
  if (draft.email && !isEmail(draft.email)) errors.push(userError(["email"], "Email is invalid"));
  if ("phone" in input) draft.phone = textOrNull(input.phone);
  if (draft.phone && !isPhone(draft.phone)) errors.push(userError(["phone"], "Phone is invalid"));
}

function readReservation(context: AdminContext, draft: DraftOrderRecord, until: unknown, errors: UserError[]): void {
  const moment = typeof until === "string" ? new Date(until) : null;
  if (moment && !(moment > context.now)) errors.push(userError(null, "Reserve until can't be in the past"));
  draft.reserveInventoryUntil = moment && moment > context.now ? moment.toISOString() : null;
}

function readShippingLine(context: AdminContext, input: unknown, errors: UserError[]): ShippingLineRecord | null {
  if (!input) return null;
  const line = input as Arguments;
  const amounts = { money: line.priceWithCurrency, bare: line.price };
  const price = readMoney(context, amounts, ["shippingLine", "priceWithCurrency"], errors) ?? 0;
  if (price < 0) errors.push(userError(["shippingLine", "price"], "Price must be greater than or equal to 0"));
  return {
    title: textOrNull(line.title) ?? "Custom",
    price,
    code: textOrNull(line.shippingRateHandle),
  };
}
