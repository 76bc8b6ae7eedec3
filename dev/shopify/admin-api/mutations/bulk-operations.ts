import type { BulkOperationRecord } from "../bulk/record";
import { bulkRunner } from "../bulk/runner";
import { validateBulkQuery } from "../bulk/validate";
import type { Fields } from "../engine/context";
import { missingFields } from "../engine/coverage";
import { requireId } from "../resolvers/node";
import { userError } from "./user-errors";

/** At the same time in one shop, since API version 2026-01. */
const AT_ONCE = 5;
const UNDERWAY = ["CREATED", "RUNNING", "CANCELING"];

export const bulkOperationMutations: Fields<unknown> = {
  bulkOperationRunQuery: (_root, args, context) => {
    const { shop, admin, world } = context;
    const query = String(args.query);
    const checked = validateBulkQuery(admin.schema, query);
    void args.groupObjects;
    if ("messages" in checked) {
      const userErrors = checked.messages.map((each) => ({ ...userError(["query"], each), code: "INVALID" }));
      return { bulkOperation: null, userErrors };
    }
    const runner = bulkRunner(world);
    const [missing] = missingFields(admin.schema, runner.types, checked.plan.document);
    if (missing) throw missing;
    if (shop.all("bulkOperation").filter((each) => UNDERWAY.includes(each.status)).length >= AT_ONCE) {
      const reached = userError(null, "Bulk operations limit reached. Please try again later.");
      return { bulkOperation: null, userErrors: [{ ...reached, code: "LIMIT_REACHED" }] };
    }
    const operation: BulkOperationRecord = {
      id: shop.newId("bulkOperation"),
      query,
      groupObjects: args.groupObjects === true,
      status: "CREATED",
      errorCode: null,
      scopes: context.token.scopes,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: null,
      fileKey: null,
      createdAt: context.now.toISOString(),
      completedAt: null,
      fileExpiresAt: null,
    };
    shop.put("bulkOperation", operation.id, operation);
    runner.start(shop.domain, operation.id);
    return { bulkOperation: operation, userErrors: [] };
  },

  bulkOperationCancel: (_root, args, { shop }) => {
    const operation = shop.get("bulkOperation", requireId("BulkOperation", args.id));
    if (!operation) {
      return { bulkOperation: null, userErrors: [userError(["id"], "Bulk operation does not exist")] };
    }
    if (!UNDERWAY.includes(operation.status)) {
      const refused = `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`;
      return { bulkOperation: operation, userErrors: [userError(null, refused)] };
    }
    const canceling: BulkOperationRecord = { ...operation, status: "CANCELING" };
    shop.put("bulkOperation", operation.id, canceling);
    return { bulkOperation: canceling, userErrors: [] };
  },
};
