import { execute, type GraphQLError } from "graphql";
import type { AdminContext, Types } from "../engine/context";
import { fieldResolver, typeResolver } from "../engine/resolve-field";
import { type BulkPlan, linesOf } from "./plan";
import type { BulkOperationRecord } from "./record";

/** Root objects that are read at once; their lines are written before the next are. */
const BATCH = 50;

/** The query could not be read to its end. */
export class BulkFailure extends Error {
  constructor(
    readonly code: NonNullable<BulkOperationRecord["errorCode"]>,
    message: string,
  ) {
    super(message);
  }
}

export interface Batch {
  lines: Record<string, unknown>[];
  roots: number;
  /** Of all root objects; known from the start. */
  ofRoots: number;
}

/**
 * Reads a bulk query batch by batch: which root objects there are is settled at the start, what they say when
 * their turn comes. A field that the protected-data review refuses is null, as in an ordinary answer.
 * @throws BulkFailure `ACCESS_DENIED` for a scope that the token lacks.
 */
export async function* readInBulk(
  types: Types,
  context: AdminContext,
  plan: BulkPlan,
  groupObjects: boolean,
): AsyncGenerator<Batch> {
  const inner = fieldResolver(types);
  const inBulk: AdminContext = { ...context, inBulk: true };
  const ask = (root: (resolve: () => unknown) => unknown) =>
    execute({
      schema: context.admin.schema,
      document: plan.document,
      contextValue: inBulk,
      typeResolver,
      fieldResolver: (source, args, its: AdminContext, info) => {
        const resolve = () => inner(source, args, its, info);
        return info.path.prev === undefined ? root(resolve) : resolve();
      },
    });

  let roots: unknown[] = [];
  const first = await ask((resolve) => {
    roots = (resolve() as { nodes: unknown[] }).nodes;
    return pageOf([]);
  });
  for (const error of first.errors ?? []) failFor(error);
  for (let from = 0; from < roots.length; from += BATCH) {
    const batch = roots.slice(from, from + BATCH);
    const answer = await ask(() => pageOf(batch));
    for (const error of answer.errors ?? []) failFor(error);
    yield { lines: linesOf(answer.data, plan.root, groupObjects), roots: batch.length, ofRoots: roots.length };
  }
}

function pageOf(nodes: unknown[]) {
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  return { edges: nodes.map((node) => ({ node, cursor: "" })), nodes, pageInfo };
}

/** Only what a missing scope or a failure of Shopify's own says ends the operation. */
function failFor(error: GraphQLError): void {
  if (error.extensions.code !== "ACCESS_DENIED") throw new BulkFailure("INTERNAL_SERVER_ERROR", error.message);
  if ("requiredAccess" in error.extensions) throw new BulkFailure("ACCESS_DENIED", error.message);
}
