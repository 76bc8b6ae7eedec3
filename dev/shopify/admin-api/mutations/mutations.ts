import type { Fields } from "../engine/context";
import { bulkOperationMutations } from "./bulk-operations";
import { customerConsentMutations } from "./customer-consent";
import { customerMergeMutations } from "./customer-merge";
import { customerMutations } from "./customers";
import { draftOrderMutations } from "./draft-orders";
import { fulfillmentMutations } from "./fulfillments";
import { metafieldDefinitionMutations } from "./metafield-definitions";
import { metafieldMutations } from "./metafields";
import { orderLifeMutations } from "./order-lives";
import { orderMutations } from "./orders";
import { refundMutations } from "./refunds";
import { returnMutations } from "./returns";
import { tagMutations } from "./tags";
import { webPixelMutations } from "./web-pixels";
import { webhookSubscriptionMutations } from "./webhook-subscriptions";

/** Every mutation that the local Shopify does. */
export const mutations: Fields<unknown> = {
  ...bulkOperationMutations,
  ...customerConsentMutations,
  ...customerMergeMutations,
  ...customerMutations,
  ...draftOrderMutations,
  ...metafieldDefinitionMutations,
  ...fulfillmentMutations,
  ...metafieldMutations,
  ...orderLifeMutations,
  ...orderMutations,
  ...refundMutations,
  ...returnMutations,
  ...tagMutations,
  ...webPixelMutations,
  ...webhookSubscriptionMutations,
};
