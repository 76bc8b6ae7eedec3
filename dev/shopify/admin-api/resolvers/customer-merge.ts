import { displayName, ordersOf } from "../../commerce/customers";
import { type MergePlan, type MergeProblem, unmergeable } from "../../customers/merge-plan";
import { type CustomerRecord, gid } from "../../records";
import type { CustomerMergeRecord } from "../../records-people";
import type { AdminContext, Arguments, Fields, Types } from "../engine/context";
import { badRequest, invalidId } from "../engine/errors";
import { paginate, paginateInOrder } from "../engine/pages";
import { readMerge } from "../mutations/customer-merge";
import { draftOrderOrder, orderOrder } from "../search/orders";
import { visibleOrders } from "./visible-orders";

/** What a preview shows of a side; `plan.result` for the default, the other customer for the alternate. */
interface Side {
  plan: MergePlan;
  customer: CustomerRecord;
}

export const customerMergeQueries: Fields<unknown> = {
  customerMergePreview: (_root, args, context) => {
    const { plan, userErrors } = readMerge(context, args);
    if (!plan) throw badRequest(userErrors[0]?.message ?? "Customers can't be merged");
    return plan;
  },
  customerMergeJobStatus: (_root, args, { shop }) => {
    const uuid = typeof args.jobId === "string" ? /^gid:\/\/shopify\/Job\/([\w-]+)$/.exec(args.jobId)?.[1] : null;
    if (!uuid) throw invalidId(args.jobId);
    return shop.get("customerMerge", uuid);
  },
};

/** `Customer.mergeable`. */
export const mergeableField: Fields<CustomerRecord> = {
  mergeable: (customer, _args, { shop }) => unmergeable(shop, customer),
};

export const customerMergeTypes: Types = {
  CustomerMergePreview: {
    resultingCustomerId: (plan: MergePlan) => (plan.problems.length > 0 ? null : gid("Customer", plan.kept.id)),
    customerMergeErrors: (plan: MergePlan) => (plan.problems.length > 0 ? plan.problems : null),
    defaultFields: (plan: MergePlan) => ({ plan, customer: plan.result }),
    alternateFields: (plan: MergePlan) => ({ plan, customer: plan.gone }),
    blockingFields: (plan: MergePlan) => plan.blocking,
  },
  CustomerMergePreviewDefaultFields: {
    ...sideFields(),
    displayName: ({ customer }: Side) => displayName(customer),
    note: ({ customer }: Side) => customer.note,
    tags: ({ customer }: Side) => customer.tags,
    addresses: ({ customer }: Side, args: Arguments) => paginateInOrder(customer.addresses, args),
    metafieldCount: ({ customer }: Side) => String(customer.metafields.length),
    orderCount: ({ plan }: Side, _args: Arguments, { shop }: AdminContext) =>
      String(ordersOf(shop, plan.kept.id).length + ordersOf(shop, plan.gone.id).length),
    orders: ({ plan }: Side, args: Arguments, context: AdminContext) => {
      const theirs = visibleOrders(context).filter((order) => isOf(plan, order.customerId));
      return paginate(theirs, args, orderOrder(context.shop, args.sortKey));
    },
    draftOrderCount: (side: Side, _args: Arguments, context: AdminContext) => String(draftsOf(side, context).length),
    draftOrders: (side: Side, args: Arguments, context: AdminContext) =>
      paginate(draftsOf(side, context), args, draftOrderOrder(context.shop, args.sortKey)),
    discountNodeCount: () => "0",
    giftCardCount: () => "0",
  },
  CustomerMergePreviewAlternateFields: sideFields(),
  CustomerMergePreviewBlockingFields: {
    note: (blocking: NonNullable<MergePlan["blocking"]>) => blocking.note,
    tags: (blocking: NonNullable<MergePlan["blocking"]>) => blocking.tags,
  },
  CustomerMergeError: {
    errorFields: (problem: MergeProblem) => problem.errorFields,
    message: (problem: MergeProblem) => problem.message,
  },
  CustomerMergeable: {
    isMergeable: (problems: MergeProblem[]) => problems.length === 0,
    errorFields: (problems: MergeProblem[]) => problems.flatMap((each) => each.errorFields),
    reason: (problems: MergeProblem[]) => problems[0]?.message ?? null,
    mergeInProgress: () => null,
  },
  CustomerMergeRequest: {
    jobId: (merge: CustomerMergeRecord) => gid("Job", merge.jobId),
    resultingCustomerId: (merge: CustomerMergeRecord) => gid("Customer", merge.keptId),
    status: (merge: CustomerMergeRecord) => merge.status,
    customerMergeErrors: (merge: CustomerMergeRecord) => merge.errors,
  },
  Job: { id: (job: { id: string }) => job.id, done: (job: { done: boolean }) => job.done },
};

function sideFields(): Fields<Side> {
  return {
    firstName: ({ customer }) => customer.firstName,
    lastName: ({ customer }) => customer.lastName,
    email: ({ customer }) => (customer.email ? customer : null),
    phoneNumber: ({ customer }) => (customer.phone ? customer : null),
    defaultAddress: ({ customer }) =>
      customer.addresses.find((address) => address.id === customer.defaultAddressId) ?? null,
  };
}

function isOf(plan: MergePlan, customerId: number | null): boolean {
  return customerId === plan.kept.id || customerId === plan.gone.id;
}

function draftsOf({ plan }: Side, { shop }: AdminContext) {
  return shop.all("draftOrder").filter((draft) => isOf(plan, draft.customerId));
}
