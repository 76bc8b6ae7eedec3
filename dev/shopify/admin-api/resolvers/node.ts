import { refundsOf } from "../../commerce/orders/money";
import { gid, idOf } from "../../records";
import { requireType } from "../engine/access";
import type { AdminContext } from "../engine/context";
import { invalidId, notImplemented } from "../engine/errors";
import { tagged } from "../engine/resolve-field";
import { abandonedCheckout } from "./abandoned-checkout";
import { findVariantNode } from "./product";
import { returnNode } from "./return";
import { installationGid } from "./shop";
import { visibleOrder, visibleOrders } from "./visible-orders";

/** The numeric id of a gid that must be of this type; throws Shopify's error for anything else. */
export function requireId(type: string, value: unknown): number {
  const id = typeof value === "string" ? idOf(type, value) : null;
  if (id === null) throw invalidId(value);
  return id;
}

/** What a gid of any implemented type stands for, tagged with its type; null when there is none. */
export function findNode(context: AdminContext, value: unknown): object | null {
  const type = typeof value === "string" ? /^gid:\/\/shopify\/([A-Za-z]+)\/\d+/.exec(value)?.[1] : undefined;
  if (!type || !context.admin.schema.getType(type)) throw invalidId(value);
  requireType(type, context);
  const find = finders(context, requireId(type, value))[type];
  if (!find) throw notImplemented(`node(id: "gid://shopify/${type}/…")`);
  return find();
}

function finders(context: AdminContext, id: number): Record<string, () => object | null> {
  const { shop, settings } = context;
  const present = (name: string, source: object | null) => source && tagged(name, source);
  return {
    AbandonedCheckout: () => present("AbandonedCheckout", abandonedCheckout(context, id)),
    Refund: () => {
      const order = visibleOrders(context).find((each) => refundsOf(each).some((one) => one.id === id));
      const refund = order && refundsOf(order).find((each) => each.id === id);
      return present("Refund", order && refund ? { refund, order } : null);
    },
    Return: () => {
      const order = visibleOrders(context).find((each) => each.returns?.some((one) => one.id === id));
      const found = order?.returns?.find((each) => each.id === id);
      return present("Return", order && found ? returnNode(order, found) : null);
    },
    FulfillmentOrder: () => present("FulfillmentOrder", visibleOrder(context, id)),
    BulkOperation: () => present("BulkOperation", shop.get("bulkOperation", id)),
    Customer: () => present("Customer", shop.get("customer", id)),
    Order: () => present("Order", visibleOrder(context, id)),
    DraftOrder: () => present("DraftOrder", shop.get("draftOrder", id)),
    Company: () => present("Company", shop.get("company", id)),
    CompanyContact: () => present("CompanyContact", shop.get("companyContact", id)),
    CompanyLocation: () => present("CompanyLocation", shop.get("companyLocation", id)),
    WebPixel: () => present("WebPixel", shop.get("webPixel", id)),
    Product: () => present("Product", shop.get("product", id)),
    ProductVariant: () => present("ProductVariant", findVariantNode(shop, id)),
    WebhookSubscription: () => present("WebhookSubscription", shop.get("webhookSubscription", id)),
    StaffMember: () => present("StaffMember", shop.get("staff", id)),
    Shop: () => present("Shop", settings.id === id ? settings : null),
    AppInstallation: () =>
      present("AppInstallation", installationGid(context) === gid("AppInstallation", id) ? {} : null),
    Fulfillment: () => {
      const order = visibleOrders(context).find((each) => each.fulfillments.some((one) => one.id === id));
      const fulfillment = order?.fulfillments.find((each) => each.id === id);
      return present("Fulfillment", order && fulfillment ? { fulfillment, order } : null);
    },
  };
}
