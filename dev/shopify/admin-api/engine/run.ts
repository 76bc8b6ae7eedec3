import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  parse,
  validate,
} from "graphql";
import type { AdminSchema } from "../../schema/load";
import { switchboard } from "../switchboard";
import { Bucket, MAXIMUM_QUERY_COST, type ThrottleStatus } from "./bucket";
import type { AdminContext, Types } from "./context";
import { QueryCost } from "./cost";
import { missingFields } from "./coverage";
import { fieldResolver, typeResolver } from "./resolve-field";

export interface GraphQLRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}

export interface Answer extends ExecutionResult {
  extensions?: {
    cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: ThrottleStatus };
  };
}

/** Parses, validates, prices, throttles and executes one GraphQL request; every answer is HTTP 200. */
export async function run(types: Types, context: AdminContext, request: GraphQLRequest): Promise<Answer> {
  const document = read(types, context.admin, request.query);
  if ("errors" in document) return document;
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return { errors: [new GraphQLError("No operation found to execute")] };

  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const cost = new QueryCost(context.admin.schema, fragments, request.variables);
  const requestedQueryCost = cost.requested(operation);
  if (requestedQueryCost > MAXIMUM_QUERY_COST) return { errors: [tooDear(requestedQueryCost)] };

  const bucket = new Bucket(context.world, context.settings);
  const answered = (actualQueryCost: number | null): Answer["extensions"] => ({
    cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status() },
  });
  if (switchboard(context.world).throttled || !bucket.take(requestedQueryCost)) {
    return { errors: [throttled()], extensions: answered(null) };
  }
  const result = await execute({
    schema: context.admin.schema,
    document,
    variableValues: request.variables,
    operationName: request.operationName,
    contextValue: context,
    fieldResolver: fieldResolver(types),
    typeResolver,
  });
  const actualQueryCost = cost.actual(operation, result.data);
  bucket.giveBack(requestedQueryCost - actualQueryCost);
  const errors = result.errors?.map(withCode);
  return { ...result, ...(errors ? { errors } : {}), extensions: answered(actualQueryCost) };
}

/** What a resolver did not mean to throw is Shopify's own failure; its words stay, because here we are Shopify. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.extensions.code || !error.originalError || error.originalError instanceof GraphQLError) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    path: error.path,
    originalError: error.originalError,
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });
}

const documents = new WeakMap<Types, Map<string, DocumentNode>>();
const REMEMBERED = 500;

/** The document when it is valid and all of it implemented. Good ones are remembered: an app sends the same few. */
function read(types: Types, admin: AdminSchema, query: string): DocumentNode | { errors: GraphQLError[] } {
  const known = documents.get(types) ?? new Map<string, DocumentNode>();
  documents.set(types, known);
  const before = known.get(query);
  if (before) return before;
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] };
  }
  const invalid = validate(admin.schema, document);
  if (invalid.length > 0) return { errors: [...invalid] };
  const missing = missingFields(admin.schema, types, document);
  if (missing.length > 0) return { errors: missing };
  if (known.size >= REMEMBERED) known.clear();
  known.set(query, document);
  return document;
}

const LIMITS_PAGE = "https://shopify.dev/api/usage/rate-limits";

function tooDear(cost: number): GraphQLError {
  return new GraphQLError(
    `Query cost is ${cost}, which exceeds the single query max cost limit (${MAXIMUM_QUERY_COST}).`,
    { extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: MAXIMUM_QUERY_COST, documentation: LIMITS_PAGE } },
  );
}

function throttled(): GraphQLError {
  return new GraphQLError("Throttled", { extensions: { code: "THROTTLED", documentation: LIMITS_PAGE } });
}
