import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type DocumentNode, Kind, OperationTypeNode, print } from "graphql";
import { ClientError, GraphQLClient } from "graphql-request";
import { log } from "~/platform/log";
import { type Cost, costOf, type GraphqlProblem, secondsUntilAffordable, sort } from "./admin-answer";
import { ShopifyDenied, ShopifyDown, ShopifyRefused, ShopifyThrottled } from "./admin-errors";

export const apiVersion = "2026-07";

/** How long someone is willing to wait for Shopify. Times in milliseconds. */
export interface Patience {
  /** For one try. */
  timeout: number;
  /** In all, for pauses between tries. */
  pauses: number;
  /** Tries of a query that failed on the way or at Shopify. A mutation is tried once: it may have been done. */
  tries: number;
}

export const patience = {
  /** A person looks at a spinner. */
  click: { timeout: 8_000, pauses: 4_000, tries: 2 },
  /** A job, which is itself tried again later. */
  background: { timeout: 25_000, pauses: 60_000, tries: 4 },
} as const satisfies Record<string, Patience>;

export interface AdminOptions {
  /** `northwind.myshopify.com` */
  domain: string;
  /** The shop's offline access token, asked for before each try so that a long wait cannot outlive it. */
  token: () => Promise<string>;
  patience: Patience;
  /** Waits so many milliseconds; tests do not. */
  pause?: (milliseconds: number) => Promise<void>;
}

export interface Partly<Result> {
  data: Result;
  /** Paths of what came back as null because the app may not see it, such as `customer.defaultEmailAddress`. */
  denied: string[];
}

/**
 * Asks one shop's Admin GraphQL API. `ask` gives the whole answer or throws ShopifyDown, ShopifyThrottled,
 * ShopifyDenied or ShopifyRefused; `askPartly` gives what the app may see and names what it may not.
 */
export interface AdminClient {
  ask<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    how?: How,
  ): Promise<Result>;
  askPartly<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    how?: How,
  ): Promise<Partly<Result>>;
}

export interface How {
  /** For a mutation that changes nothing, such as a calculation: it is tried again like a query. */
  repeatable?: boolean;
}

export function adminClient(options: AdminOptions): AdminClient {
  const client = new GraphQLClient(`https://${options.domain}/admin/api/${apiVersion}/graphql.json`, {
    errorPolicy: "all",
  });
  const asking = new Asking(client, options);
  return {
    async ask(document, variables, how) {
      const { data, denied } = await asking.run(document, variables, how);
      if (denied.length > 0) throw new ShopifyDenied(denied);
      return data;
    },
    askPartly: (document, variables, how) => asking.run(document, variables, how),
  };
}

/** Seconds before the next try of something that was throttled. */
const shortestWait = 0.5;

class Asking {
  /** What the last answer said is left in the bucket, and when it said so. */
  private cost: (Cost & { at: number }) | null = null;

  constructor(
    private readonly client: GraphQLClient,
    private readonly options: AdminOptions,
  ) {}

  async run<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    how: How = {},
  ): Promise<Partly<Result>> {
    const { operation, repeatable } = describe(document, how);
    let pausesLeft: number = this.options.patience.pauses;
    const pause = async (milliseconds: number): Promise<boolean> => {
      if (milliseconds > pausesLeft) return false;
      pausesLeft -= milliseconds;
      await (this.options.pause ?? sleep)(milliseconds);
      return true;
    };
    if (this.cost) await pause(Math.min(pausesLeft, this.waitBefore(this.cost)));
    for (let failures = 0; ; ) {
      const outcome = await this.once<Result>(print(document), variables);
      switch (outcome.kind) {
        case "answered":
          return { data: outcome.data, denied: outcome.denied };
        case "denied":
          throw new ShopifyDenied(outcome.fields);
        case "refused":
          log.warn({ shop: this.options.domain, operation, codes: outcome.codes }, "Shopify refused an operation");
          throw new ShopifyRefused(outcome.messages.map((message) => ({ field: [], message })));
        case "throttled": {
          // Nothing was done, so a mutation may be asked again just as well.
          // A bucket that says it holds enough and throttles all the same must not be asked without end.
          const seconds = Math.max(shortestWait, outcome.seconds);
          if (!(await pause(seconds * 1000))) throw new ShopifyThrottled(Math.ceil(seconds));
          break;
        }
        case "failed":
          failures += 1;
          log.warn(
            { shop: this.options.domain, operation, status: outcome.status, failures },
            "Shopify did not answer",
          );
          if (!repeatable || failures >= this.options.patience.tries) throw new ShopifyDown();
          if (!(await pause(250 * 2 ** failures * (0.5 + Math.random())))) throw new ShopifyDown();
      }
    }
  }

  private waitBefore(cost: Cost & { at: number }): number {
    const sinceSeconds = (performance.now() - cost.at) / 1000;
    const available = Math.min(cost.maximum, cost.available + sinceSeconds * cost.restoreRate);
    return 1000 * secondsUntilAffordable({ ...cost, available });
  }

  private async once<Result>(query: string, variables: object): Promise<Outcome<Result>> {
    const token = await this.options.token();
    try {
      const answer = await this.client.rawRequest<Result, Record<string, unknown>>({
        query,
        variables: variables as Record<string, unknown>,
        requestHeaders: { "X-Shopify-Access-Token": token },
        signal: AbortSignal.timeout(this.options.patience.timeout),
      });
      return this.read(answer.data ?? null, (answer.errors ?? []) as readonly GraphqlProblem[], answer.extensions);
    } catch (error) {
      const status = error instanceof ClientError ? error.response.status : null;
      if (status === 401 || status === 403) return { kind: "denied", fields: [] };
      if (status === 429 || status === 430) return { kind: "throttled", seconds: retryAfter(error) };
      // Everything else is a failure on the way: a broken connection, our own timeout, 5xx, a page instead of JSON.
      return { kind: "failed", status };
    }
  }

  private read<Result>(data: Result | null, problems: readonly GraphqlProblem[], extensions: unknown): Outcome<Result> {
    const cost = costOf(extensions);
    if (cost) this.cost = { ...cost, at: performance.now() };
    const sorted = sort(problems);
    if (sorted.throttled) return { kind: "throttled", seconds: cost ? secondsUntilAffordable(cost) : 1 };
    if (sorted.broken) return { kind: "failed", status: 200 };
    if (sorted.refusals.length > 0) return { kind: "refused", messages: sorted.refusals, codes: sorted.codes };
    if (data === null)
      return sorted.denied.length > 0 ? { kind: "denied", fields: sorted.denied } : { kind: "failed", status: 200 };
    return { kind: "answered", data, denied: sorted.denied };
  }
}

type Outcome<Result> =
  | { kind: "answered"; data: Result; denied: string[] }
  | { kind: "throttled"; seconds: number }
  | { kind: "failed"; status: number | null }
  | { kind: "denied"; fields: string[] }
  | { kind: "refused"; messages: string[]; codes: string[] };

/** The operation's name for the log, and whether asking twice is harmless. */
function describe(document: DocumentNode, how: How): { operation: string; repeatable: boolean } {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const repeatable = how.repeatable ?? definition.operation === OperationTypeNode.QUERY;
    return { operation: definition.name?.value ?? "unnamed", repeatable };
  }
  return { operation: "unnamed", repeatable: false };
}

function retryAfter(error: unknown): number {
  const headers = error instanceof ClientError ? (error.response.headers as Headers | undefined) : undefined;
  const seconds = Number(headers?.get("Retry-After") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 2;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
