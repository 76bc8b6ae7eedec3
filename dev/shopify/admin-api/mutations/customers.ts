import { ordersOf } from "../../commerce/customers";
import { tellTags } from "../../customers/tell-tags";
import { type CustomerRecord, gid } from "../../records";
import { customerDeletedPayload, customerPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { requireId } from "../resolvers/node";
import { readConsent } from "./customer-consent";
import { readAddress, textOrNull, withMetafields } from "./read-input";
import { cleanTags, isEmail, isPhone, tagErrors, type UserError, userError } from "./user-errors";

const TAG_LENGTH = 255;

const CONSENTS = [
  ["emailMarketingConsent", "email"],
  ["smsMarketingConsent", "sms"],
] as const;

export const customerMutations: Fields<unknown> = {
  customerCreate: (_root, args, context) => {
    const input = args.input as Arguments;
    const { customer, userErrors } = apply(context, blank(context), input);
    for (const [name, channel] of CONSENTS) {
      if (!input[name]) continue;
      const { consent, error } = readConsent(context, input[name] as Arguments, [name]);
      if (error) userErrors.push(error);
      const change = { optInLevel: consent.optInLevel, updatedAt: consent.at };
      if (channel === "email") Object.assign(customer, { emailMarketingState: consent.state, emailConsent: change });
      else Object.assign(customer, { smsMarketingState: consent.state, smsConsent: change });
    }
    if (userErrors.length > 0) return { customer: null, userErrors };
    const created = { ...customer, id: context.shop.newId("customer") };
    context.shop.put("customer", created.id, created);
    publish(context.world, context.shop, "customers/create", customerPayload(context.shop, created));
    return { customer: created, userErrors: [] };
  },

  customerUpdate: (_root, args, context) => {
    const input = args.input as Arguments;
    const before = input.id ? context.shop.get("customer", requireId("Customer", input.id)) : null;
    if (!before) return { customer: null, userErrors: [userError(["id"], "Customer does not exist")] };
    const { customer, userErrors } = apply(context, before, input);
    for (const [name] of CONSENTS) {
      const mutation = `customer${name.charAt(0).toUpperCase()}${name.slice(1)}Update`;
      if (input[name]) {
        userErrors.push(userError([name], `To update ${name}, please use the ${mutation} Mutation instead`));
      }
    }
    if (userErrors.length > 0) return { customer: null, userErrors };
    const saved = { ...customer, updatedAt: context.now.toISOString() };
    context.shop.put("customer", saved.id, saved);
    publish(context.world, context.shop, "customers/update", customerPayload(context.shop, saved));
    tellTags(context.world, context.shop, saved.id, { before: before.tags, after: saved.tags });
    return { customer: saved, userErrors: [] };
  },

  customerDelete: (_root, args, context) => {
    const { shop, world, settings } = context;
    const id = requireId("Customer", (args.input as Arguments).id);
    const refused = (message: string) => ({
      deletedCustomerId: null,
      shop: settings,
      userErrors: [userError(["id"], message)],
    });
    const customer = shop.get("customer", id);
    if (!customer) return refused("Customer can't be found");
    if (ordersOf(shop, id).length > 0) return refused("Customer can't be deleted because they have associated orders");
    shop.delete("customer", id);
    publish(world, shop, "customers/delete", customerDeletedPayload(customer));
    return { deletedCustomerId: gid("Customer", id), shop: settings, userErrors: [] };
  },
};

function apply(context: AdminContext, before: CustomerRecord, input: Arguments) {
  const customer: CustomerRecord = { ...before };
  const errors: UserError[] = [];
  for (const name of ["firstName", "lastName", "email", "phone", "note"] as const) {
    if (name in input) customer[name] = textOrNull(input[name]);
  }
  if (typeof input.locale === "string") customer.locale = input.locale;
  if (typeof input.taxExempt === "boolean") customer.taxExempt = input.taxExempt;
  if (input.tags) {
    customer.tags = cleanTags(input.tags as string[]);
    errors.push(...tagErrors(customer.tags, TAG_LENGTH));
  }
  if (input.metafields) customer.metafields = withMetafields(context, customer.metafields, input.metafields);
  if (input.addresses) {
    customer.addresses = (input.addresses as Arguments[]).flatMap((each) => readAddress(context, each) ?? []);
    customer.defaultAddressId = customer.addresses[0]?.id ?? null;
  }
  errors.push(...contactErrors(context, customer));
  return { customer, userErrors: errors };
}

function contactErrors({ shop }: AdminContext, customer: CustomerRecord): UserError[] {
  const errors: UserError[] = [];
  const others = shop.all("customer").filter((each) => each.id !== customer.id);
  const email = customer.email?.toLowerCase();
  if (email && !isEmail(email)) errors.push(userError(["email"], "Email is invalid"));
  else if (email && others.some((each) => each.email?.toLowerCase() === email)) {
    errors.push(userError(["email"], "Email has already been taken"));
  }
  if (customer.phone && !isPhone(customer.phone)) errors.push(userError(["phone"], "Phone is invalid"));
  else if (customer.phone && others.some((each) => each.phone === customer.phone)) {
    errors.push(userError(["phone"], "Phone has already been taken"));
  }
  if (![customer.firstName, customer.lastName, customer.email, customer.phone].some(Boolean)) {
    errors.push(userError(null, "A name, phone number, or email address must be present"));
  }
  return errors;
}

function blank(context: AdminContext): CustomerRecord {
  const now = context.now.toISOString();
  return {
    id: 0,
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    password: null,
    locale: "en",
    tags: [],
    note: null,
    verifiedEmail: true,
    taxExempt: false,
    emailMarketingState: "NOT_SUBSCRIBED",
    smsMarketingState: "NOT_SUBSCRIBED",
    state: "DISABLED",
    addresses: [],
    defaultAddressId: null,
    metafields: [],
    createdAt: now,
    updatedAt: now,
  };
}
