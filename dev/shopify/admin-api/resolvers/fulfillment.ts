import { fulfillmentLineId } from "../../commerce/orders/units";
import { type FulfillmentRecord, gid, type OrderRecord } from "../../records";
import type { FulfillmentEventRecord } from "../../records-orders";
import { type Fields, same, type Types } from "../engine/context";
import { paginate, paginateInOrder } from "../engine/pages";

export interface FulfillmentNode {
  fulfillment: FulfillmentRecord;
  order: Readonly<OrderRecord>;
}

interface FulfillmentLineNode extends FulfillmentNode {
  index: number;
}

const fulfillment: Fields<FulfillmentNode> = {
  id: (node) => gid("Fulfillment", node.fulfillment.id),
  legacyResourceId: (node) => String(node.fulfillment.id),
  name: (node) => node.fulfillment.name,
  status: (node) => node.fulfillment.status,
  displayStatus: (node) => node.fulfillment.displayStatus,
  createdAt: (node) => node.fulfillment.createdAt,
  updatedAt: (node) => node.fulfillment.updatedAt,
  deliveredAt: (node) => node.fulfillment.deliveredAt,
  estimatedDeliveryAt: (node) => node.fulfillment.estimatedDeliveryAt,
  inTransitAt: (node) => (node.fulfillment.displayStatus === "CONFIRMED" ? null : node.fulfillment.createdAt),
  requiresShipping: () => true,
  totalQuantity: (node) => node.fulfillment.lines.reduce((sum, line) => sum + line.quantity, 0),
  order: (node) => node.order,
  trackingInfo: (node, args) => {
    const { trackingCompany: company, trackingNumber: number, trackingUrl: url } = node.fulfillment;
    const all = company || number || url ? [{ company, number, url }] : [];
    return all.slice(0, typeof args.first === "number" ? args.first : undefined);
  },
  events: (node, args) => {
    const byTime = args.sortKey === "HAPPENED_AT";
    return paginate(node.fulfillment.events ?? [], args, {
      id: (event) => event.id,
      value: (event) => (byTime ? event.happenedAt : event.id),
    });
  },
  fulfillmentLineItems: (node, args) =>
    paginateInOrder(
      node.fulfillment.lines.map((_line, index): FulfillmentLineNode => ({ ...node, index })),
      args,
    ),
};

const fulfillmentLine: Fields<FulfillmentLineNode> = {
  id: (node) => gid("FulfillmentLineItem", fulfillmentLineId(node.fulfillment, node.index)),
  quantity: (node) => node.fulfillment.lines[node.index]?.quantity ?? 0,
  lineItem: (node) => {
    const line = node.order.lines.find((each) => each.id === node.fulfillment.lines[node.index]?.lineId);
    return line && { line, order: node.order };
  },
};

const event: Fields<FulfillmentEventRecord> = {
  ...same<FulfillmentEventRecord>(
    "status",
    "message",
    "address1",
    "city",
    "province",
    "country",
    "zip",
    "estimatedDeliveryAt",
    "happenedAt",
    "createdAt",
  ),
  id: (source) => gid("FulfillmentEvent", source.id),
  latitude: () => null,
  longitude: () => null,
};

export const fulfillmentTypes: Types = {
  Fulfillment: fulfillment,
  FulfillmentEvent: event,
  FulfillmentLineItem: fulfillmentLine,
  FulfillmentTrackingInfo: same<{ company: string | null; number: string | null; url: string | null }>(
    "company",
    "number",
    "url",
  ),
};
