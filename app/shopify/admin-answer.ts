/** The bucket as `extensions.cost` tells it. https://shopify.dev/docs/api/usage/limits */
export interface Cost {
  /** Points that the operation asks for before it runs. */
  requested: number;
  available: number;
  maximum: number;
  /** Points a second. */
  restoreRate: number;
}

/** An entry of `errors` as Shopify shapes it. */
export interface GraphqlProblem {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string };
}

export interface Sorted {
  throttled: boolean;
  /** Shopify's own failure. */
  broken: boolean;
  /** Paths that the app may not see. */
  denied: string[];
  /** What is wrong with what was asked, in Shopify's words. */
  refusals: string[];
  codes: string[];
}

export function costOf(extensions: unknown): Cost | null {
  const cost = (extensions as { cost?: Record<string, unknown> } | null | undefined)?.cost;
  const status = cost?.throttleStatus as Record<string, unknown> | undefined;
  const numbers = [cost?.requestedQueryCost, status?.currentlyAvailable, status?.maximumAvailable, status?.restoreRate];
  if (!numbers.every((one): one is number => typeof one === "number")) return null;
  const [requested = 0, available = 0, maximum = 0, restoreRate = 0] = numbers as number[];
  return { requested, available, maximum, restoreRate };
}

/** How long the bucket needs to hold what the operation asks for; 0 when it does already. */
export function secondsUntilAffordable(cost: Cost): number {
  const missing = Math.min(cost.requested, cost.maximum) - cost.available;
  if (missing <= 0 || cost.restoreRate <= 0) return missing <= 0 ? 0 : 1;
  return missing / cost.restoreRate;
}

/**
 * What the entries of `errors` mean for the asker. "Not approved" is how protected customer data is refused, with the
 * field null and the rest of the answer there: https://shopify.dev/docs/apps/launch/protected-customer-data
 */
export function sort(problems: readonly GraphqlProblem[]): Sorted {
  const sorted: Sorted = { throttled: false, broken: false, denied: [], refusals: [], codes: [] };
  for (const problem of problems) {
    const code = problem.extensions?.code ?? "";
    sorted.codes.push(code);
    if (code === "THROTTLED") sorted.throttled = true;
    else if (code === "INTERNAL_SERVER_ERROR" || code === "TIMEOUT") sorted.broken = true;
    else if (code === "ACCESS_DENIED" || /not approved to/i.test(problem.message)) sorted.denied.push(pathOf(problem));
    else sorted.refusals.push(problem.message);
  }
  return sorted;
}

/** `["customers", "nodes", 0, "email"]` → `customers.nodes.email` */
function pathOf(problem: GraphqlProblem): string {
  return (problem.path ?? []).filter((step) => typeof step === "string").join(".");
}
