import type { Failure } from "./channel";

/** How far a part of a message of ours has come. */
export const deliveryStates = ["queued", "sending", "unclear", "sent", "delivered", "read", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What a receipt changes; null when it tells nothing new. States never go back: what was read was delivered. */
export function afterReceipt(
  before: DeliveryState,
  receipt: { state: "sent" | "delivered" | "read" | "failed"; at: Date; failure?: Failure },
): {
  state: DeliveryState;
  sentAt?: Date;
  deliveredAt?: Date;
  readAt?: Date;
  failedAt?: Date;
  error?: string | null;
  errorCode?: string | null;
} | null {
  const { state, at } = receipt;
  if (state === "failed") {
    // What arrived cannot have failed; a bounce that comes after it is of another copy.
    if (before === "delivered" || before === "read" || before === "failed") return null;
    const words = receipt.failure?.words ?? "The provider could not deliver this. Try again, or use another channel.";
    return { state, failedAt: at, error: words, errorCode: receipt.failure?.code ?? null };
  }
  if (rank[state] <= rank[before] && before !== "failed") return null;
  // A failure that was told too early is overtaken by what really happened.
  if (before === "failed" && state === "sent") return null;
  const fixed = before === "failed" ? { failedAt: undefined, error: null, errorCode: null } : {};
  if (state === "sent") return { ...fixed, state, sentAt: at };
  return state === "delivered" ? { ...fixed, state, deliveredAt: at } : { ...fixed, state, readAt: at };
}

const rank: Record<DeliveryState, number> = {
  queued: 0,
  sending: 1,
  unclear: 2,
  sent: 3,
  delivered: 4,
  read: 5,
  failed: 3,
};

/** What a message of several parts is, taken together: as bad as its worst, as far as its slowest. */
export function together(states: readonly DeliveryState[]): DeliveryState {
  const order: DeliveryState[] = ["failed", "unclear", "sending", "queued", "sent", "delivered", "read"];
  return order.find((state) => states.includes(state)) ?? "queued";
}

/** Seconds until the next try after the first, second, … that the provider could not take. */
const pauses = [5, 30, 120, 600, 1_800, 7_200, 21_600];

/** When a send that may go better later is tried again; null when it has been tried often enough (about nine hours). */
export function afterFailure(attempts: number, now: Date, asked: Date | null): Date | null {
  const pause = pauses[attempts - 1];
  if (pause === undefined) return null;
  const own = new Date(now.getTime() + pause * 1_000);
  return asked && asked > own ? asked : own;
}
