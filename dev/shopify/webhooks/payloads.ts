/** Webhook bodies in Shopify's REST shape, one builder a topic family. */
export { cartPayload } from "./payloads/cart";
export { checkoutPayload } from "./payloads/checkout";
export { customerRedactPayload, dataRequestPayload, shopRedactPayload } from "./payloads/compliance";
export { customerDeletedPayload, customerPayload } from "./payloads/customer";
export { draftOrderDeletedPayload, draftOrderPayload } from "./payloads/draft-order";
export { fulfillmentPayload } from "./payloads/fulfillment";
export { orderPayload } from "./payloads/order";
export { orderEditedPayload } from "./payloads/order-change";
export { parcelEventPayload } from "./payloads/parcel-event";
export { inventoryLevelPayload, productPayload } from "./payloads/product";
export { purchasesPayload } from "./payloads/purchases";
export { refundPayload } from "./payloads/refund";
export { returnDeclinedPayload, returnPayload, returnStatePayload, returnUpdatedPayload } from "./payloads/return";
export { scopesPayload, shopPayload } from "./payloads/shop";
export { transactionPayload } from "./payloads/transaction";
