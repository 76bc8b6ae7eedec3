import { mergeCustomers } from "../../customers/merge";
import { type MergeOverrides, type MergePlan, planMerge } from "../../customers/merge-plan";
import { type CustomerRecord, gid } from "../../records";
import type { AdminContext, Arguments, Fields } from "../engine/context";
import { requireId } from "../resolvers/node";
import { cleanTags } from "./user-errors";

interface MergeUserError {
  field: string[] | null;
  message: string;
  code: string;
}

export const customerMergeMutations: Fields<unknown> = {
  customerMerge: (_root, args, context) => {
    const { plan, userErrors } = readMerge(context, args);
    if (!plan) return { job: null, resultingCustomerId: null, userErrors };
    const problem = plan.problems[0];
    const merge = mergeCustomers(context.world, context.shop, plan);
    if (problem) {
      const refused = { field: null, message: problem.message, code: "INVALID_CUSTOMER" };
      return { job: null, resultingCustomerId: null, userErrors: [refused] };
    }
    return {
      job: { id: gid("Job", merge.jobId), done: true },
      resultingCustomerId: gid("Customer", merge.keptId),
      userErrors: [],
    };
  },
};

const OVERRIDES = {
  customerIdOfEmailToKeep: "email",
  customerIdOfFirstNameToKeep: "firstName",
  customerIdOfLastNameToKeep: "lastName",
  customerIdOfPhoneNumberToKeep: "phone",
  customerIdOfDefaultAddressToKeep: "defaultAddress",
} as const;

/** The arguments of `customerMerge` and of its preview; no plan when they name no two customers. */
export function readMerge(
  context: AdminContext,
  args: Arguments,
): { plan: MergePlan | null; userErrors: MergeUserError[] } {
  const errors: MergeUserError[] = [];
  const refuse = (field: string[], message: string, code: string) => errors.push({ field, message, code });
  const find = (name: "customerOneId" | "customerTwoId") => {
    const found = context.shop.get("customer", requireId("Customer", args[name]));
    if (!found) refuse([name], "Customer does not exist", "INVALID_CUSTOMER_ID");
    return found;
  };
  const one = find("customerOneId");
  const two = find("customerTwoId");
  if (one && one.id === two?.id) refuse(["customerTwoId"], "Customers must be different", "INVALID_CUSTOMER_ID");
  if (!one || !two) return { plan: null, userErrors: errors };
  const overrides = readOverrides([one, two], args.overrideFields, refuse);
  if (errors.length > 0) return { plan: null, userErrors: errors };
  return { plan: planMerge(context.shop, one, two, overrides), userErrors: [] };
}

function readOverrides(
  both: CustomerRecord[],
  input: unknown,
  refuse: (field: string[], message: string, code: string) => void,
): MergeOverrides {
  const given = (input ?? {}) as Arguments;
  const overrides: MergeOverrides = {
    email: null,
    firstName: null,
    lastName: null,
    phone: null,
    defaultAddress: null,
    note: typeof given.note === "string" ? given.note : null,
    tags: Array.isArray(given.tags) ? cleanTags(given.tags.map(String)) : null,
  };
  for (const [argument, field] of Object.entries(OVERRIDES)) {
    if (typeof given[argument] !== "string") continue;
    const id = requireId("Customer", given[argument]);
    const chosen = both.find((each) => each.id === id);
    const path = ["overrideFields", argument];
    const value = field === "defaultAddress" ? chosen?.defaultAddressId : chosen?.[field];
    if (!chosen) refuse(path, "Customer is not one of the customers to merge", "OVERRIDE_ATTRIBUTE_INVALID");
    else if (!value) refuse(path, "Customer does not have the attribute to keep", "MISSING_OVERRIDE_ATTRIBUTE");
    else overrides[field] = id;
  }
  return overrides;
}
