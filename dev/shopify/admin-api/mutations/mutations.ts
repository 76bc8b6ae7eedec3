import type { Fields } from "../engine/context";
import { bulkOperationMutations } from "./bulk-operations";
import { customerConsentMutations } from "./customer-consent";
import { customerMergeMutations } from "./customer-merge";
import { customerMutations } from "./customers";
import { draftOrderMutations } from "./draft-orders";
import { metafieldDefinitionMutations } from "./metafield-definitions";
import { metafieldMutations } from "./metafields";
import { orderMutations } from "./orders";
import { tagMutations } from "./tags";
import { webhookSubscriptionMutations } from "./webhook-subscriptions";

/** Every mutation that the local Shopify does. */
export const mutations: Fields<unknown> = {
  ...bulkOperationMutations,
  ...customerConsentMutations,
  ...customerMergeMutations,
  ...customerMutations,
  ...draftOrderMutations,
  ...metafieldDefinitionMutations,
  ...metafieldMutations,
  ...orderMutations,
  ...tagMutations,
  ...webhookSubscriptionMutations,
};
