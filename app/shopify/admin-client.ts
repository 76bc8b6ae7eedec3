import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type DocumentNode, Kind, OperationTypeNode, print } from "graphql";
import { ClientError, GraphQLClient } from "graphql-request";
import { log } from "~/platform/log";
import { type Cost, costOf, type GraphqlProblem, secondsUntilAffordable, sort } from "./admin-answer";
import { type Bucket, bucketOf, type Purpose } from "./admin-bucket";
import { ShopifyDenied, ShopifyDown, ShopifyRefused, ShopifyThrottled } from "./admin-errors";

export const apiVersion = "2026-07";

/** How long who asks is willing to wait for Shopify. Times in milliseconds. */
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
  /** A job, which is itself tried again later; its turn behind others of the shop is not counted. */
  background: { timeout: 25_000, pauses: 60_000, tries: 4 },
} as const satisfies Record<Purpose, Patience>;

export interface AdminOptions {
  /** `northwind.myshopify.com` */
  domain: string;
  /** The shop's offline access token, asked for before each try so that a long wait cannot outlive it. */
  token: () => Promise<string>;
  /** The token after one was refused, which an exchange under way may just have revoked. `token` again, if left out. */
  tokenAnew?: () => Promise<string>;
  /** Who waits: a click asks at once, work in the background leaves a share of the bucket to clicks. */
  purpose: Purpose;
  /** That of the purpose, but for tests. */
  patience?: Patience;
  /** The process's account of the shop's bucket, but for tests. */
  bucket?: Bucket;
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
  private readonly patience: Patience;
  private readonly bucket: Bucket;

  constructor(
    private readonly client: GraphQLClient,
    private readonly options: AdminOptions,
  ) {
    this.patience = options.patience ?? patience[options.purpose];
    this.bucket = options.bucket ?? bucketOf(options.domain);
  }

  async run<Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    how: How = {},
  ): Promise<Partly<Result>> {
    const { operation, repeatable } = describe(document, how);
    const question = `${operation} ${sizeOf(variables)}`;
    const pauses = new Pauses(this.patience.pauses, this.options.pause ?? sleep);
    const query = print(document);
    const once = () => this.bucket.spend(question, () => this.once<Result>(query, variables));
    const ask = async (): Promise<Outcome<Result>> => {
      if (this.options.purpose === "click") return once();
      return this.bucket.inTurn(async () => {
        await this.untilAffordable(question, pauses);
        return once();
      });
    };
    // A click waits at most once for what is known to be missing, and then lets Shopify decide.
    if (this.options.purpose === "click")
      await pauses.take(Math.min(this.bucket.waitFor("click", question), pauses.left));
    for (let failures = 0; ; ) {
      const outcome = await ask();
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
          if (!(await pauses.take(seconds * 1000))) throw new ShopifyThrottled(Math.ceil(seconds));
          break;
        }
        case "failed":
          failures += 1;
          log.warn(
            { shop: this.options.domain, operation, status: outcome.status, failures },
            "Shopify did not answer",
          );
          if (!repeatable || failures >= this.patience.tries) throw new ShopifyDown();
          if (!(await pauses.take(250 * 2 ** failures * (0.5 + Math.random())))) throw new ShopifyDown();
      }
    }
  }

  /** Waits while others empty the bucket, and ends as ShopifyThrottled rather than in the share of the clicks. */
  private async untilAffordable(question: string, pauses: Pauses): Promise<void> {
    for (;;) {
      const wait = this.bucket.waitFor("background", question);
      if (wait <= 0) return;
      if (!(await pauses.take(wait))) throw new ShopifyThrottled(Math.ceil(wait / 1000));
    }
  }

  private async once<Result>(query: string, variables: object): Promise<Outcome<Result>> {
    const { token, tokenAnew = token } = this.options;
    const first = await token();
    const outcome = await this.tell<Result>(query, variables, first);
    if (outcome.kind !== "denied" || !outcome.tokenRefused) return outcome;
    // Nothing was done. One question is asked again at most, and only if there is another token.
    const second = await tokenAnew();
    return second === first ? outcome : this.tell<Result>(query, variables, second);
  }

  private async tell<Result>(query: string, variables: object, token: string): Promise<Outcome<Result>> {
    try {
      const answer = await this.client.rawRequest<Result, Record<string, unknown>>({
        query,
        variables: variables as Record<string, unknown>,
        requestHeaders: { "X-Shopify-Access-Token": token },
        signal: AbortSignal.timeout(this.patience.timeout),
      });
      return this.read(answer.data ?? null, (answer.errors ?? []) as readonly GraphqlProblem[], answer.extensions);
    } catch (error) {
      const status = error instanceof ClientError ? error.response.status : null;
      if (status === 401 || status === 403)
        return { kind: "denied", fields: [], tokenRefused: status === 401, cost: null };
      if (status === 429 || status === 430) return { kind: "throttled", seconds: retryAfter(error), cost: null };
      // Everything else is a failure on the way: a broken connection, our own timeout, 5xx, a page instead of JSON.
      return { kind: "failed", status, cost: null };
    }
  }

  private read<Result>(data: Result | null, problems: readonly GraphqlProblem[], extensions: unknown): Outcome<Result> {
    const cost = costOf(extensions);
    const sorted = sort(problems);
    if (sorted.throttled) return { kind: "throttled", seconds: cost ? secondsUntilAffordable(cost) : 1, cost };
    if (sorted.broken) return { kind: "failed", status: 200, cost };
    if (sorted.refusals.length > 0) return { kind: "refused", messages: sorted.refusals, codes: sorted.codes, cost };
    if (data !== null) return { kind: "answered", data, denied: sorted.denied, cost };
    return sorted.denied.length > 0
      ? { kind: "denied", fields: sorted.denied, cost }
      : { kind: "failed", status: 200, cost };
  }
}

type Outcome<Result> = { cost: Cost | null } & (
  | { kind: "answered"; data: Result; denied: string[] }
  | { kind: "throttled"; seconds: number }
  | { kind: "failed"; status: number | null }
  | { kind: "denied"; fields: string[]; tokenRefused?: boolean }
  | { kind: "refused"; messages: string[]; codes: string[] }
);

/** What is left of somebody's patience for pauses, in milliseconds. */
class Pauses {
  constructor(
    public left: number,
    private readonly pause: (milliseconds: number) => Promise<void>,
  ) {}

  /** Waits, or answers false at once when that is longer than what is left. */
  async take(milliseconds: number): Promise<boolean> {
    if (milliseconds <= 0) return true;
    if (milliseconds > this.left) return false;
    this.left -= milliseconds;
    await this.pause(milliseconds);
    return true;
  }
}

/** What a question's price hangs on beside its words: how many are asked for. */
function sizeOf(variables: object): string {
  const { ids, first } = variables as { ids?: unknown; first?: unknown };
  return Array.isArray(ids) ? `of ${ids.length}` : typeof first === "number" ? `of ${first}` : "";
}

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
