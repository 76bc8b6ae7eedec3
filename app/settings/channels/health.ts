/** How an account stands, in the order of how much it asks of staff. */
export type AccountState = "attention" | "paused" | "connected";

/** What of an account tells how it is. */
export interface Signs {
  state: string;
  tokenExpiresAt: Date | null;
  lastInAt: Date | null;
  lastOutAt: Date | null;
  lastErrorAt: Date | null;
  /** How much of what came in could not be read. */
  aside: number;
}

/** A token that ends within this time is warned of: long enough for a holiday. */
const soonMilliseconds = 14 * 86_400_000;

export type TokenState = "ended" | "ends-soon" | "good";

export function tokenState(tokenExpiresAt: Date | null, now: Date): TokenState {
  if (tokenExpiresAt === null) return "good";
  const left = tokenExpiresAt.getTime() - now.getTime();
  if (left <= 0) return "ended";
  return left <= soonMilliseconds ? "ends-soon" : "good";
}

/** Whether the last thing that happened on an account went wrong. */
export function isFailing(signs: Pick<Signs, "lastInAt" | "lastOutAt" | "lastErrorAt">): boolean {
  const { lastErrorAt, lastInAt, lastOutAt } = signs;
  if (lastErrorAt === null) return false;
  return [lastInAt, lastOutAt].every((good) => good === null || good < lastErrorAt);
}

export function stateOf(signs: Signs, now: Date): AccountState {
  if (signs.state === "paused") return "paused";
  const asks = isFailing(signs) || signs.aside > 0 || tokenState(signs.tokenExpiresAt, now) !== "good";
  return asks ? "attention" : "connected";
}
