import { minorUnits } from "../../commerce/prices";
import type { AddressRecord, AttributeRecord, DiscountRecord, MetafieldRecord } from "../../records";
import type { AdminContext, Arguments } from "../engine/context";
import { resolveNamespace } from "../resolvers/metafield";
import { type UserError, userError } from "./user-errors";

/** Minor units from a MoneyInput (`{amount, currencyCode}`) or an old bare amount; null when neither is there. */
export function readMoney(
  context: AdminContext,
  given: { money?: unknown; bare?: unknown },
  field: string[],
  errors: UserError[],
): number | null {
  const input = given.money as Arguments | undefined | null;
  if (input) {
    const currency = String(input.currencyCode);
    if (currency !== context.settings.currency) errors.push(wrongCurrency(field, currency));
    return readAmount(input.amount, field, errors);
  }
  return given.bare === undefined || given.bare === null ? null : readAmount(given.bare, field, errors);
}

function readAmount(value: unknown, field: string[], errors: UserError[]): number {
  const amount = minorUnits(value as string | number);
  if (amount === null) errors.push(userError(field, "Amount is invalid"));
  return amount ?? 0;
}

/** Both shops sell in one currency only. */
export function wrongCurrency(field: string[], currency: string): UserError {
  return userError(field, `The presentment currency ${currency} is not enabled for this shop`);
}

export function readAttributes(value: unknown): AttributeRecord[] {
  return ((value ?? []) as Arguments[]).map((each) => ({
    key: String(each.key),
    value: String(each.value ?? ""),
  }));
}

/** `DraftOrderAppliedDiscountInput`; the amount fields repeat the value and change nothing. */
export function readDiscount(input: unknown, field: string[], errors: UserError[]): DiscountRecord | null {
  if (!input) return null;
  const given = input as Arguments;
  const value = Number(given.value);
  const valueType = given.valueType === "PERCENTAGE" ? "PERCENTAGE" : "FIXED_AMOUNT";
  const repeated = given.amountWithCurrency as Arguments | undefined;
  void [given.amount, repeated?.amount, repeated?.currencyCode];
  if (value < 0) errors.push(userError([...field, "value"], "Value must be greater than or equal to 0"));
  if (valueType === "PERCENTAGE" && value > 100) {
    errors.push(userError([...field, "value"], "Value must be less than or equal to 100"));
  }
  return {
    title: textOrNull(given.title),
    description: textOrNull(given.description),
    value: valueType === "PERCENTAGE" ? value : Math.round(value * 100),
    valueType,
  };
}

/** `MailingAddressInput`; country and province also by their old names. */
export function readAddress(context: AdminContext, input: unknown): AddressRecord | null {
  if (!input) return null;
  const given = input as Arguments;
  return {
    id: context.shop.newId("address"),
    firstName: textOrNull(given.firstName) ?? "",
    lastName: textOrNull(given.lastName) ?? "",
    company: textOrNull(given.company),
    address1: textOrNull(given.address1) ?? "",
    address2: textOrNull(given.address2),
    city: textOrNull(given.city) ?? "",
    province: textOrNull(given.provinceCode) ?? textOrNull(given.province),
    zip: textOrNull(given.zip) ?? "",
    countryCode: textOrNull(given.countryCode) ?? codeOf(given.country) ?? context.settings.countryCode,
    phone: textOrNull(given.phone),
  };
}

function codeOf(country: unknown): string | null {
  const text = textOrNull(country);
  if (!text || /^[A-Z]{2}$/.test(text)) return text;
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  for (let first = 65; first <= 90; first += 1) {
    for (let second = 65; second <= 90; second += 1) {
      const code = String.fromCharCode(first, second);
      if (names.of(code)?.toLowerCase() === text.toLowerCase()) return code;
    }
  }
  return null;
}

/** `[MetafieldInput!]`: changes those of the same namespace and key, adds the others. */
export function withMetafields(
  context: AdminContext,
  present: readonly MetafieldRecord[],
  input: unknown,
): MetafieldRecord[] {
  const result = [...present];
  const now = context.now.toISOString();
  for (const given of (input ?? []) as Arguments[]) {
    const namespace = resolveNamespace(given.namespace, context);
    const key = String(given.key ?? "");
    const index = result.findIndex((each) => each.namespace === namespace && each.key === key);
    const before = result[index];
    const metafield: MetafieldRecord = {
      id: before?.id ?? context.shop.newId("metafield"),
      namespace,
      key,
      type: textOrNull(given.type) ?? before?.type ?? "single_line_text_field",
      value: String(given.value ?? ""),
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
    if (before) result[index] = metafield;
    else result.push(metafield);
  }
  return result;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
