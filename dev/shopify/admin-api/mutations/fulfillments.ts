import { Refused } from "../../commerce/orders/change";
import { cancelParcel, reportParcel, sendParcel, type Tracking, trackParcel } from "../../commerce/orders/parcels";
import type { FulfillmentEventRecord } from "../../records-orders";
import type { Arguments, Fields } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { requireId } from "../resolvers/node";
import { textOrNull } from "./read-input";
import { attempt } from "./refused";

export const fulfillmentMutations: Fields<unknown> = {
  fulfillmentCreate: (_root, args, context) => {
    const input = args.fulfillment as Arguments;
    void [input.notifyCustomer, args.message];
    const groups = input.lineItemsByFulfillmentOrder as Arguments[];
    return attempt(context, { fulfillment: null }, (change) => {
      const [group] = groups;
      if (!group) throw new Refused(["fulfillment"], "Fulfillment orders can't be blank");
      if (groups.length > 1) throw notImplemented("FulfillmentInput.lineItemsByFulfillmentOrder of several orders");
      const lines = (group.fulfillmentOrderLineItems as Arguments[] | undefined)?.map((line) => ({
        lineId: requireId("FulfillmentOrderLineItem", line.id),
        quantity: Number(line.quantity),
      }));
      const orderId = requireId("FulfillmentOrder", group.fulfillmentOrderId);
      const { order, parcel } = sendParcel(change, orderId, lines ?? null, readTracking(input.trackingInfo));
      return { fulfillment: { fulfillment: parcel, order } };
    });
  },

  fulfillmentTrackingInfoUpdate: (_root, args, context) => {
    void args.notifyCustomer;
    const id = requireId("Fulfillment", args.fulfillmentId);
    return attempt(context, { fulfillment: null }, (change) => {
      const { order, parcel } = trackParcel(change, id, readTracking(args.trackingInfoInput));
      return { fulfillment: { fulfillment: parcel, order } };
    });
  },

  fulfillmentCancel: (_root, args, context) => {
    const id = requireId("Fulfillment", args.id);
    return attempt(context, { fulfillment: null }, (change) => {
      const { order, parcel } = cancelParcel(change, id);
      return { fulfillment: { fulfillment: parcel, order } };
    });
  },

  fulfillmentEventCreate: (_root, args, context) => {
    const input = args.fulfillmentEvent as Arguments;
    const id = requireId("Fulfillment", input.fulfillmentId);
    const when = (value: unknown) => (value ? new Date(value as string).toISOString() : null);
    return attempt(context, { fulfillmentEvent: null }, (change) => {
      const { event } = reportParcel(change, id, {
        status: input.status as FulfillmentEventRecord["status"],
        message: textOrNull(input.message),
        city: textOrNull(input.city),
        province: textOrNull(input.province),
        country: textOrNull(input.country),
        zip: textOrNull(input.zip),
        address1: textOrNull(input.address1),
        estimatedDeliveryAt: when(input.estimatedDeliveryAt),
        happenedAt: when(input.happenedAt) ?? change.now,
      });
      return { fulfillmentEvent: event };
    });
  },
};

function readTracking(value: unknown): Tracking {
  const input = (value ?? {}) as Arguments;
  const one = (single: unknown, several: unknown) => textOrNull(single) ?? textOrNull((several as unknown[])?.[0]);
  return {
    company: textOrNull(input.company),
    number: one(input.number, input.numbers),
    url: one(input.url, input.urls),
  };
}
