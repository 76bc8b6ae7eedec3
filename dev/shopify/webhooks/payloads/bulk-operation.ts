import type { BulkOperationRecord } from "../../admin-api/bulk/record";
import { gid } from "../../records";

/** `bulk_operations/finish`: only that it ended; the app asks for the rest. */
export function bulkOperationPayload(operation: Readonly<BulkOperationRecord>) {
  return {
    admin_graphql_api_id: gid("BulkOperation", operation.id),
    completed_at: operation.completedAt,
    created_at: operation.createdAt,
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: "query",
  };
}
