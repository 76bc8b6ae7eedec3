import { z } from "zod";
import type { Context } from "~/context";
import { bulkFinished } from "~/shopify-data/sync/start";

const shape = z.object({ admin_graphql_api_id: z.string().startsWith("gid://shopify/BulkOperation/") });

/** bulk_operations/finish: a file is ready, or never will be; the sync that asked for it looks. */
export async function bulkOperationFinished(ctx: Context, payload: unknown): Promise<void> {
  await bulkFinished(ctx, shape.parse(payload).admin_graphql_api_id);
}
