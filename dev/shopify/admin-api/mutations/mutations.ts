import type { Fields } from "../engine/context";
import { customerMutations } from "./customers";
import { draftOrderMutations } from "./draft-orders";
import { metafieldMutations } from "./metafields";
import { orderMutations } from "./orders";
import { tagMutations } from "./tags";
import { webhookSubscriptionMutations } from "./webhook-subscriptions";

/** Every mutation that the local Shopify does. */
export const mutations: Fields<unknown> = {
  ...customerMutations,
  ...draftOrderMutations,
  ...metafieldMutations,
  ...orderMutations,
  ...tagMutations,
  ...webhookSubscriptionMutations,
};
