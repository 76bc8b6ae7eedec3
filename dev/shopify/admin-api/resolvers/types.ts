import type { Types } from "../engine/context";
import { mutations } from "../mutations/mutations";
import { abandonedCheckoutTypes } from "./abandoned-checkout";
import { addressTypes } from "./address";
import { bulkOperationTypes } from "./bulk-operation";
import { companyTypes } from "./company";
import { customerTypes } from "./customer";
import { customerMergeTypes } from "./customer-merge";
import { draftOrderTypes } from "./draft-order";
import { fulfillmentTypes } from "./fulfillment";
import { fulfillmentOrderTypes } from "./fulfillment-order";
import { imageTypes } from "./image";
import { lineTypes } from "./line";
import { metafieldTypes } from "./metafield";
import { moneyTypes } from "./money";
import { orderTypes } from "./order";
import { productTypes } from "./product";
import { queryRoot } from "./query";
import { refundTypes } from "./refund";
import { returnTypes } from "./return";
import { shopTypes } from "./shop";
import { transactionTypes } from "./transaction";
import { webPixelTypes } from "./web-pixel";
import { webhookSubscriptionTypes } from "./webhook-subscription";

/** Everything the local Admin API can answer, by type and field. */
export const types: Types = {
  QueryRoot: queryRoot,
  Mutation: mutations,
  ...abandonedCheckoutTypes,
  ...addressTypes,
  ...bulkOperationTypes,
  ...companyTypes,
  ...customerTypes,
  ...customerMergeTypes,
  ...draftOrderTypes,
  ...fulfillmentOrderTypes,
  ...fulfillmentTypes,
  ...imageTypes,
  ...lineTypes,
  ...metafieldTypes,
  ...moneyTypes,
  ...orderTypes,
  ...productTypes,
  ...refundTypes,
  ...returnTypes,
  ...shopTypes,
  ...transactionTypes,
  ...webPixelTypes,
  ...webhookSubscriptionTypes,
};
