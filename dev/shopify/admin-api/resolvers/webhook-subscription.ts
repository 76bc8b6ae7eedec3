import { gid, type WebhookSubscriptionRecord } from "../../records";
import { API_VERSION } from "../../schema/load";
import { type Fields, same, type Types } from "../engine/context";
import { tagged } from "../engine/resolve-field";

const subscription: Fields<WebhookSubscriptionRecord> = {
  ...same<WebhookSubscriptionRecord>("topic", "uri", "includeFields", "filter", "createdAt", "updatedAt"),
  id: (source) => gid("WebhookSubscription", source.id),
  legacyResourceId: (source) => String(source.id),
  callbackUrl: (source) => source.uri,
  endpoint: (source) => tagged("WebhookHttpEndpoint", { callbackUrl: source.uri }),
  format: () => "JSON",
  metafieldNamespaces: () => [],
  metafields: () => [],
  name: () => null,
  apiVersion: () => ({ handle: API_VERSION, displayName: API_VERSION, supported: true }),
};

export const webhookSubscriptionTypes: Types = {
  WebhookSubscription: subscription,
  WebhookHttpEndpoint: same<{ callbackUrl: string }>("callbackUrl"),
  ApiVersion: same<{ handle: string; displayName: string; supported: boolean }>("handle", "displayName", "supported"),
};
