import { randomUUID } from "node:crypto";
import { gid } from "../records";
import type { CustomerMergeRecord } from "../records-people";
import type { ShopStore } from "../store";
import { customerPayload } from "../webhooks/payloads";
import { publish } from "../webhooks/publish";
import type { World } from "../world";
import type { MergePlan } from "./merge-plan";

/**
 * Makes one customer of two: orders, drafts, carts, checkouts and addresses are the survivor's from now on, the
 * other one is gone. Where Shopify does it in a job of some seconds, this is done when it returns. What moved
 * counts as updated; of the customers themselves Shopify tells by `customers/merge`, not by `customers/delete`.
 * With problems nothing changes and the webhook says so.
 */
export function mergeCustomers(world: World, shop: ShopStore, plan: MergePlan): CustomerMergeRecord {
  return shop.transaction(() => {
    const at = world.clock().toISOString();
    const { kept, gone, problems } = plan;
    const merge: CustomerMergeRecord = {
      jobId: randomUUID(),
      keptId: kept.id,
      deletedId: gone.id,
      status: problems.length > 0 ? "FAILED" : "COMPLETED",
      errors: problems.map(({ errorFields, message }) => ({ errorFields, message })),
      at,
    };
    shop.put("customerMerge", merge.jobId, merge);
    if (problems.length === 0) {
      for (const kind of ["order", "draftOrder", "cart", "checkout"] as const) {
        moveAll(shop, kind, { from: gone.id, to: kept.id, at });
      }
      shop.delete("customer", gone.id);
      const result = { ...plan.result, updatedAt: at };
      shop.put("customer", kept.id, result);
      publish(world, shop, "customers/update", customerPayload(shop, result));
    }
    publish(world, shop, "customers/merge", {
      admin_graphql_api_customer_kept_id: gid("Customer", kept.id),
      admin_graphql_api_customer_deleted_id: gid("Customer", gone.id),
      admin_graphql_api_job_id: gid("Job", merge.jobId),
      status: merge.status.toLowerCase(),
      errors: problems.map((each) => ({
        customer_ids: each.customerIds,
        field: each.errorFields[0]?.toLowerCase(),
        message: each.message,
      })),
    });
    return merge;
  });
}

function moveAll(
  shop: ShopStore,
  kind: "order" | "draftOrder" | "cart" | "checkout",
  move: { from: number; to: number; at: string },
): void {
  for (const record of shop.all(kind)) {
    if (record.customerId !== move.from) continue;
    const key = "token" in record ? record.token : record.id;
    const found = shop.get(kind, key);
    if (found) shop.put(kind, key, { ...found, customerId: move.to, updatedAt: move.at });
  }
}
