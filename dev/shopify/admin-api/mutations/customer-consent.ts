import { changeConsent, type MarketingChannel, type MarketingState } from "../../customers/consent";
import type { ConsentChangeRecord } from "../../records-people";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { requireId } from "../resolvers/node";
import { type UserError, userError } from "./user-errors";

/** States that an app may set; the others are Shopify's own. */
const SETTABLE: readonly string[] = ["SUBSCRIBED", "UNSUBSCRIBED", "PENDING"];

interface ConsentError extends UserError {
  code: string;
}

export const customerConsentMutations: Fields<unknown> = {
  customerEmailMarketingConsentUpdate: (_root, args, context) => update(context, args.input as Arguments, "email"),
  customerSmsMarketingConsentUpdate: (_root, args, context) => update(context, args.input as Arguments, "sms"),
};

function update(context: AdminContext, input: Arguments, channel: MarketingChannel) {
  const name = channel === "email" ? "emailMarketingConsent" : "smsMarketingConsent";
  const refused = (error: ConsentError) => ({ customer: null, userErrors: [error] });
  const customer = context.shop.get("customer", requireId("Customer", input.customerId));
  if (!customer) return refused(coded(["input", "customerId"], "Customer not found", "INVALID"));
  if (!(channel === "email" ? customer.email : customer.phone)) {
    const what = channel === "email" ? "An email address" : "A phone number";
    return refused(coded(["input", name], `${what} is required to set the ${channel} consent state.`, "INVALID"));
  }
  const { consent, error } = readConsent(context, input[name] as Arguments, ["input", name]);
  if (error) return refused(error);
  const saved = changeConsent(context.world, context.shop, customer, { channel, ...consent });
  return { customer: saved, userErrors: [] };
}

/** `CustomerEmailMarketingConsentInput` or the same for SMS. */
export function readConsent(
  context: AdminContext,
  input: Arguments,
  path: string[],
): {
  consent: { state: MarketingState; optInLevel: ConsentChangeRecord["optInLevel"]; at: string };
  error: ConsentError | null;
} {
  const state = String(input.marketingState) as MarketingState;
  const optInLevel = (input.marketingOptInLevel ?? null) as ConsentChangeRecord["optInLevel"];
  const given = typeof input.consentUpdatedAt === "string" ? new Date(input.consentUpdatedAt) : context.now;
  const consent = { state, optInLevel: optInLevel ?? "SINGLE_OPT_IN", at: given.toISOString() };
  if (!SETTABLE.includes(state)) {
    const message = `Cannot specify ${state} as a marketing state input`;
    return { consent, error: coded([...path, "marketingState"], message, "INCLUSION") };
  }
  if (given > context.now) {
    const message = "Consent updated at must not be in the future";
    return { consent, error: coded([...path, "consentUpdatedAt"], message, "INVALID") };
  }
  return { consent, error: null };
}

function coded(field: string[], message: string, code: string): ConsentError {
  return { ...userError(field, message), code };
}
