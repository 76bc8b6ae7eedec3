import type { Fields } from "../engine/context";
import { bulkOperationMutations } from "./bulk-operations";
import { customerMergeMutations } from "./customer-merge";
import { customerMutations } from "./customers";
import { draftOrderMutations } from "./draft-orders";
import { metafieldMutations } from "./metafields";
import { orderMutations } from "./orders";
import { tagMutations } from "./tags";
import { webhookSubscriptionMutations } from "./webhook-subscriptions";

/** Every mutation that the local Shopify does. */
export const mutations: Fields<unknown> = {
  ...bulkOperationMutations,
  ...customerMergeMutations,
  ...customerMutations,
  ...draftOrderMutations,
  ...metafieldMutations,
  ...orderMutations,
  ...tagMutations,
  ...webhookSubscriptionMutations,
};
