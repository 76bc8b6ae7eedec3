import { gid } from "../../records";
import type { BulkOperationRecord } from "../bulk/record";
import { bulkRunner } from "../bulk/runner";
import { fileUrl } from "../bulk/storage";
import type { AdminContext, Arguments, Fields, Types } from "../engine/context";
import { notImplemented } from "../engine/errors";
import { paginate } from "../engine/pages";
import { type Searchable, search } from "../search/match";
import { requireId } from "./node";

type Source = Readonly<BulkOperationRecord>;

const operation: Fields<Source> = {
  id: (source) => gid("BulkOperation", source.id),
  type: () => "QUERY",
  status: (source, _args, context) => statusOf(source, context),
  errorCode: (source) => source.errorCode,
  query: (source) => source.query,
  createdAt: (source) => source.createdAt,
  completedAt: (source) => source.completedAt,
  objectCount: (source, _args, context) => String(progressOf(source, context)?.objects ?? source.objectCount),
  rootObjectCount: (source, _args, context) => String(progressOf(source, context)?.roots ?? source.rootObjectCount),
  fileSize: (source) => (source.fileSize === null ? null : String(source.fileSize)),
  url: (source, _args, context) => (statusOf(source, context) === "COMPLETED" ? fileUrl(context.world, source) : null),
  partialDataUrl: (source, _args, context) =>
    statusOf(source, context) === "FAILED" ? fileUrl(context.world, source) : null,
};

export const bulkOperationTypes: Types = { BulkOperation: operation };

/** Root queries about bulk operations. */
export const bulkOperationQueries: Fields<unknown> = {
  bulkOperation: (_root, args, { shop }) => shop.get("bulkOperation", requireId("BulkOperation", args.id)),
  currentBulkOperation: (_root, args, { shop }) =>
    args.type === "MUTATION" ? null : (shop.all("bulkOperation").at(-1) ?? null),
  bulkOperations: (_root, args, context) => {
    const found = search(searchable(context), context.shop.all("bulkOperation"), args.query, context.now);
    // Newest first, unless reversed.
    return paginate(found, args, { id: (each) => -each.id, value: newestFirst(args) });
  },
};

function newestFirst({ sortKey }: Arguments): (source: Source) => number {
  if (sortKey === "COMPLETED_AT") return (source) => -Date.parse(source.completedAt ?? source.createdAt);
  if (sortKey === undefined || sortKey === null || sortKey === "CREATED_AT") {
    return (source) => -Date.parse(source.createdAt);
  }
  throw notImplemented(`BulkOperationsSortKeys.${String(sortKey)}`);
}

function searchable(context: AdminContext): Searchable<Source> {
  return {
    name: "QueryRoot.bulkOperations",
    anywhere: () => [],
    fields: {
      id: { type: "number", of: (source) => source.id },
      status: { type: "exact", of: (source) => statusOf(source, context) },
      operation_type: { type: "exact", of: () => "QUERY" },
      created_at: { type: "time", of: (source) => source.createdAt },
      completed_at: { type: "time", of: (source) => source.completedAt },
    },
  };
}

function progressOf(source: Source, { world, shop }: AdminContext) {
  return bulkRunner(world).progress(shop.domain, source.id);
}

/** A finished one expires with its file. */
function statusOf(source: Source, { now }: AdminContext): string {
  const isOver = source.fileExpiresAt !== null && Date.parse(source.fileExpiresAt) <= now.getTime();
  return isOver && source.status === "COMPLETED" ? "EXPIRED" : source.status;
}
