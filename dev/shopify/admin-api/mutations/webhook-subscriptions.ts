import { refusedIn } from "../../protected-data/data";
import { isAboutCustomers } from "../../protected-data/payload";
import { gid, type WebhookSubscriptionRecord } from "../../records";
import { mayHear, topicOfEnum } from "../../webhooks/topics";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { accessDenied, notImplemented } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { textOrNull } from "./read-input";
import { type UserError, userError } from "./user-errors";

const ADDRESS = ["webhookSubscription", "callbackUrl"];

export const webhookSubscriptionMutations: Fields<unknown> = {
  webhookSubscriptionCreate: (_root, args, context) => {
    const topic = String(args.topic);
    requireTopic(topic, context);
    const refused = notApproved(topic, context);
    if (refused) return { webhookSubscription: null, userErrors: [refused] };
    const now = context.now.toISOString();
    const blank: WebhookSubscriptionRecord = {
      id: 0,
      topic,
      uri: "",
      declared: false,
      includeFields: [],
      filter: null,
      createdAt: now,
      updatedAt: now,
    };
    const { record, userErrors } = apply(context, blank, args.webhookSubscription as Arguments);
    if (userErrors.length > 0) return { webhookSubscription: null, userErrors };
    const created = { ...record, id: context.shop.newId("webhookSubscription") };
    context.shop.put("webhookSubscription", created.id, created);
    return { webhookSubscription: created, userErrors: [] };
  },

  webhookSubscriptionUpdate: (_root, args, context) => {
    const before = context.shop.get("webhookSubscription", requireId("WebhookSubscription", args.id));
    if (!before) return { webhookSubscription: null, userErrors: [doesNotExist()] };
    const { record, userErrors } = apply(context, before, args.webhookSubscription as Arguments);
    if (userErrors.length > 0) return { webhookSubscription: null, userErrors };
    const saved = { ...record, updatedAt: context.now.toISOString() };
    context.shop.put("webhookSubscription", saved.id, saved);
    return { webhookSubscription: saved, userErrors: [] };
  },

  webhookSubscriptionDelete: (_root, args, context) => {
    const id = requireId("WebhookSubscription", args.id);
    if (!context.shop.get("webhookSubscription", id)) {
      return { deletedWebhookSubscriptionId: null, userErrors: [doesNotExist()] };
    }
    context.shop.delete("webhookSubscription", id);
    return { deletedWebhookSubscriptionId: gid("WebhookSubscription", id), userErrors: [] };
  },
};

function apply(context: AdminContext, before: WebhookSubscriptionRecord, input: Arguments) {
  const errors: UserError[] = [];
  const uri = textOrNull(input.uri) ?? textOrNull(input.callbackUrl) ?? before.uri;
  errors.push(...addressErrors(uri));
  if (input.format === "XML") throw notImplemented("WebhookSubscriptionInput.format XML");
  if (input.filter) throw notImplemented("WebhookSubscriptionInput.filter");
  const taken = context.shop
    .all("webhookSubscription")
    .some((each) => each.id !== before.id && each.topic === before.topic && each.uri === uri);
  if (taken) errors.push(userError(ADDRESS, "Address for this topic has already been taken"));
  const includeFields = (input.includeFields as string[] | undefined) ?? before.includeFields;
  return { record: { ...before, uri, includeFields }, userErrors: errors };
}

/** HTTPS only, as Shopify wants; the app beside us on this machine may be plain. */
function addressErrors(uri: string): UserError[] {
  if (!uri) return [userError(ADDRESS, "Address can't be blank")];
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (!url) return [userError(ADDRESS, "Address is invalid")];
  if (url.protocol === "https:") return [];
  if (url.protocol !== "http:") throw notImplemented(`webhooks to ${url.protocol}`);
  const isHere = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  return isHere ? [] : [userError(ADDRESS, "Address protocol http:// is not supported")];
}

function requireTopic(topic: string, context: AdminContext): void {
  const name = topicOfEnum(topic);
  if (!name) throw notImplemented(`webhooks of the topic ${topic}`);
  if (!mayHear(name, context.token.scopes)) {
    throw accessDenied("webhookSubscriptionCreate", `the scopes that ${topic} needs.`);
  }
}

/** Shopify refuses subscriptions to topics about customers before the review of protected data. */
function notApproved(topic: string, context: AdminContext): UserError | null {
  const name = topicOfEnum(topic);
  if (!name || !isAboutCustomers(name) || !refusedIn(context.settings).everything) return null;
  return userError(
    ["topic"],
    "This app is not approved to subscribe to webhook topics containing protected customer data. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.",
  );
}

function doesNotExist(): UserError {
  return userError(["id"], "Webhook subscription does not exist");
}
