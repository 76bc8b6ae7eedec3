import { setTimeout as sleep } from "node:timers/promises";
import type { Trouble } from "./trouble";

/** One webhook and what became of it. */
export interface SentWebhook {
  at: string;
  url: string;
  /** null: lost on demand, or not sent yet. */
  status: number | null;
  attempts: number;
}

interface Waiting {
  make: () => Request;
  answered: (answer: Response | null) => void;
}

const remembered = 200;

/**
 * Webhooks of one provider, one after another as they were made, each until the app says yes or the tries are used up.
 * `make` makes the request anew for every try, for some providers sign the time.
 */
export class Webhooks {
  readonly sent: SentWebhook[] = [];
  private readonly waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly options: {
      trouble: Trouble;
      /** Brings a request to the app. */
      send: (request: Request) => Promise<Response>;
      clock: () => Date;
      /** Milliseconds before each further try. */
      retries: readonly number[];
    },
  ) {
    options.trouble.changed(() => this.run());
  }

  /** Sends in its turn. Gives the last answer of the app; null for one that was lost or never answered. */
  send(make: () => Request): Promise<Response | null> {
    return new Promise((answered) => {
      if (this.closed) return answered(null);
      this.waiting.push({ make, answered });
      this.run();
    });
  }

  /** When nothing waits any more, but what is held. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const one of this.waiting.splice(0)) one.answered(null);
    await this.settled();
  }

  private run(): void {
    if (this.running || this.options.trouble.settings.hold || this.waiting.length === 0) return;
    this.running = this.sendAll().finally(() => {
      this.running = null;
      this.run();
    });
  }

  private async sendAll(): Promise<void> {
    const { trouble } = this.options;
    while (this.waiting.length > 0 && !trouble.settings.hold) {
      const next = trouble.settings.reverse ? this.waiting.pop() : this.waiting.shift();
      if (!next) return;
      if (trouble.settings.webhookDelay) await sleep(trouble.settings.webhookDelay, undefined, { ref: false });
      const copies = trouble.copies();
      const note: SentWebhook = {
        at: this.options.clock().toISOString(),
        url: next.make().url,
        status: null,
        attempts: 0,
      };
      this.sent.push(note);
      if (this.sent.length > remembered) this.sent.shift();
      let answer: Response | null = null;
      for (let copy = 0; copy < copies; copy += 1) answer = await this.untilTaken(next.make, note);
      next.answered(answer);
    }
  }

  private async untilTaken(make: () => Request, note: SentWebhook): Promise<Response | null> {
    let answer: Response | null = null;
    for (const wait of [0, ...this.options.retries]) {
      if (this.closed) return answer;
      if (wait) await sleep(wait, undefined, { ref: false });
      note.attempts += 1;
      answer = await this.options.send(make()).catch(() => null);
      note.status = answer?.status ?? null;
      // A refusal for good is not tried again by any of them.
      if (answer && (answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)))
        return answer;
    }
    return answer;
  }
}
