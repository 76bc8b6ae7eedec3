import type { CustomerRecord, OrderRecord, ProductRecord, WebhookSubscriptionRecord } from "../../records";
import { API_VERSION } from "../../schema/load";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { badRequest, notImplemented } from "../engine/errors";
import { paginate } from "../engine/pages";
import { customerOrder, customerSearch } from "../search/customers";
import { search } from "../search/match";
import { draftOrderOrder, draftOrderSearch, orderOrder, orderSearch } from "../search/orders";
import { productOrder, productSearch, type VariantNode, variantOrder, variantSearch } from "../search/products";
import { abandonedCheckouts, listAbandonedCheckouts } from "./abandoned-checkout";
import { bulkOperationQueries } from "./bulk-operation";
import { companyQueries } from "./company";
import { customerMergeQueries } from "./customer-merge";
import { metafieldDefinitionQueries } from "./metafield-definition";
import { findNode, requireId } from "./node";
import { findVariantNode } from "./product";
import { visibleOrder, visibleOrders } from "./visible-orders";
import { webPixelQueries } from "./web-pixel";

type Root = unknown;

/** Every root query that the local Shopify answers. */
export const queryRoot: Fields<Root> = {
  ...bulkOperationQueries,
  shop: (_root, _args, { settings }) => settings,
  app: (_root, args) => {
    if (args.id) throw notImplemented("QueryRoot.app(id)");
    return {};
  },
  currentAppInstallation: () => ({}),
  currentStaffMember: (_root, _args, { shop, token }) =>
    token.staffId === null ? null : shop.get("staff", token.staffId),
  publicApiVersions: () => [{ handle: API_VERSION, displayName: `${API_VERSION} (Latest)`, supported: true }],
  node: (_root, args, context) => findNode(context, args.id),
  nodes: (_root, args, context) => (args.ids as unknown[]).map((id) => findNode(context, id)),

  abandonedCheckouts: (_root, args, context) => listAbandonedCheckouts(args, context),
  abandonedCheckoutsCount: (_root, args, context) => count(abandonedCheckouts(context).length, args),
  return: (_root, args, context) => {
    requireId("Return", args.id);
    return findNode(context, args.id);
  },
  refund: (_root, args, context) => {
    requireId("Refund", args.id);
    return findNode(context, args.id);
  },
  customer: (_root, args, { shop }) => shop.get("customer", requireId("Customer", args.id)),
  customerByIdentifier: (_root, args, { shop }) => {
    const { id, emailAddress, phoneNumber } = args.identifier as Arguments;
    if (typeof id === "string") return shop.get("customer", requireId("Customer", id));
    return (
      shop.all("customer").find((customer) => {
        if (typeof emailAddress === "string") return customer.email?.toLowerCase() === emailAddress.toLowerCase();
        return typeof phoneNumber === "string" && customer.phone === phoneNumber;
      }) ?? null
    );
  },
  customers: (_root, args, context) => paginate(customers(args, context), args, customerOrder(args.sortKey)),
  customersCount: (_root, args, context) => count(customers(args, context).length, args),

  ...customerMergeQueries,
  ...companyQueries,
  ...metafieldDefinitionQueries,
  ...webPixelQueries,

  order: (_root, args, context) => visibleOrder(context, requireId("Order", args.id)),
  orderByIdentifier: (_root, args, context) => {
    const { id } = args.identifier as Arguments;
    return visibleOrder(context, requireId("Order", id));
  },
  orders: (_root, args, context) => paginate(orders(args, context), args, orderOrder(context.shop, args.sortKey)),
  ordersCount: (_root, args, context) => count(orders(args, context).length, args),

  draftOrder: (_root, args, { shop }) => shop.get("draftOrder", requireId("DraftOrder", args.id)),
  draftOrders: (_root, args, context) =>
    paginate(drafts(args, context), args, draftOrderOrder(context.shop, args.sortKey)),
  draftOrdersCount: (_root, args, context) => count(drafts(args, context).length, args),

  product: (_root, args, { shop }) => shop.get("product", requireId("Product", args.id)),
  productByHandle: (_root, args, { shop }) => shop.all("product").find(({ handle }) => handle === args.handle) ?? null,
  productByIdentifier: (_root, args, { shop }) => {
    const { id, handle } = args.identifier as Arguments;
    if (typeof id === "string") return shop.get("product", requireId("Product", id));
    return shop.all("product").find((product) => product.handle === handle) ?? null;
  },
  products: (_root, args, context) => paginate(products(args, context), args, productOrder(args.sortKey)),
  productsCount: (_root, args, context) => count(products(args, context).length, args),
  productVariant: (_root, args, { shop }) => findVariantNode(shop, requireId("ProductVariant", args.id)),
  productVariants: (_root, args, context) => paginate(variants(args, context), args, variantOrder(args.sortKey)),
  productVariantsCount: (_root, args, context) => count(variants(args, context).length, args),

  webhookSubscription: (_root, args, { shop }) =>
    shop.get("webhookSubscription", requireId("WebhookSubscription", args.id)),
  webhookSubscriptions: (_root, args, context) => {
    const byAge = args.sortKey !== "ID";
    return paginate(subscriptions(args, context), args, {
      id: (each) => each.id,
      value: (each) => (byAge ? each.createdAt : each.id),
    });
  },
  webhookSubscriptionsCount: (_root, args, context) => count(context.shop.all("webhookSubscription").length, args),
};

function customers(args: Arguments, { shop, now }: AdminContext): readonly Readonly<CustomerRecord>[] {
  return search(customerSearch(shop), shop.all("customer"), args.query, now);
}

function orders(args: Arguments, context: AdminContext): readonly Readonly<OrderRecord>[] {
  return search(orderSearch(context.shop), visibleOrders(context), args.query, context.now);
}

function drafts(args: Arguments, { shop, now }: AdminContext) {
  return search(draftOrderSearch(shop), shop.all("draftOrder"), args.query, now);
}

function products(args: Arguments, { shop, now }: AdminContext): readonly Readonly<ProductRecord>[] {
  return search(productSearch, shop.all("product"), args.query, now);
}

function variants(args: Arguments, { shop, now }: AdminContext): readonly VariantNode[] {
  const all = shop.all("product").flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  return search(variantSearch, all, args.query, now);
}

function subscriptions(args: Arguments, { shop }: AdminContext): readonly Readonly<WebhookSubscriptionRecord>[] {
  const topics = args.topics as string[] | undefined;
  const uri = args.uri ?? args.callbackUrl;
  return shop
    .all("webhookSubscription")
    .filter((each) => (!topics || topics.includes(each.topic)) && (typeof uri !== "string" || each.uri === uri));
}

/** Counts stop at the limit; `limit: null` counts all. */
function count(found: number, args: Arguments) {
  const limit = args.limit;
  if (typeof limit === "number" && limit < 1) throw badRequest("limit must be at least 1");
  return typeof limit === "number" && found > limit
    ? { count: limit, precision: "AT_LEAST" }
    : { count: found, precision: "EXACT" };
}
