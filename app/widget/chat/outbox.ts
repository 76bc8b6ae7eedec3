import { get, set } from "../loader/storage";
import type { Unsent } from "./model";

/** What became of one try: taken; not taken, and why; or no answer, so that nobody knows. */
export type Sent = { done: true } | { done: false; failure: string; refused: boolean } | null;

export interface OutboxOptions {
  /** What waits, in the order in which it was written. */
  waiting(): readonly Unsent[];
  /** One try. With the same key, the app takes a message once. */
  post(unsent: Unsent): Promise<Sent>;
  failed(clientKey: string, failure: string, refused: boolean): void;
  /** Why, for a message that was tried often enough without an answer. */
  silence: string;
}

/** Milliseconds between the tries of a message that got no answer. */
const pauses = [1_000, 4_000];

/**
 * Sends messages in the order in which they were written: the next one goes when the one before has its answer. One that
 * gets none holds up the others until it is tried again or discarded; one that is refused lets them pass.
 */
export class Outbox {
  private running = false;

  constructor(private readonly options: OutboxOptions) {}

  /** Sends what waits and has not failed. */
  async send(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (;;) {
        const next = this.options.waiting().find((each) => !each.refused);
        if (!next || next.failure || !(await this.deliver(next))) return;
      }
    } finally {
      this.running = false;
    }
  }

  /** Whether the next one may go. */
  private async deliver(unsent: Unsent): Promise<boolean> {
    const { waiting, post, failed, silence } = this.options;
    for (const pause of [...pauses, 0]) {
      const sent = await post(unsent).catch(() => null);
      if (sent) {
        if (!sent.done) failed(unsent.clientKey, sent.failure, sent.refused);
        return sent.done || sent.refused;
      }
      // Without a network it waits for one, and nothing is wrong with it.
      if (!navigator.onLine) return false;
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
      // Meanwhile the line has brought it back as kept, or the shopper has discarded it.
      if (!waiting().some((each) => each.clientKey === unsent.clientKey)) return true;
    }
    failed(unsent.clientKey, silence, false);
    return false;
  }
}

/** What waited on the page before this one. */
export function readOutbox(): Unsent[] {
  try {
    return JSON.parse(get("sessionStorage", "unsent") ?? "[]") as Unsent[];
  } catch {
    return [];
  }
}

export function writeOutbox(unsent: readonly Unsent[]): void {
  set("sessionStorage", "unsent", unsent.length > 0 ? JSON.stringify(unsent) : null);
}
