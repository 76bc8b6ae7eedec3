import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** What goes wrong next. Counts run down to 0 by themselves. */
export const troubleSettings = z
  .object({
    /** Requests of the app that are refused, with which status; 429 and 503 with Retry-After where it is given. */
    fail: z
      .object({
        times: z.number().int().min(0),
        status: z.number().int().min(400).max(599),
        retryAfterSeconds: z.number().int().min(0).nullable().default(null),
      })
      .nullable(),
    /** Milliseconds that every request of the app waits. */
    delay: z.number().int().min(0).max(120_000),
    /** The line of so many requests is cut before anything is taken. */
    breakBefore: z.number().int().min(0),
    /** So many requests are taken, and then the line is cut without an answer. */
    breakAfter: z.number().int().min(0),
    /** Only requests whose `POST /path` begins so; an empty text means all. */
    only: z.string(),
    /** So many webhooks are lost, and never sent again. */
    drop: z.number().int().min(0),
    /** So many webhooks are sent twice. */
    duplicate: z.number().int().min(0),
    /** Milliseconds that each webhook waits. */
    webhookDelay: z.number().int().min(0).max(120_000),
    /** Webhooks are held until this is turned off; then they go, in reverse when `reverse` is on. */
    hold: z.boolean(),
    reverse: z.boolean(),
  })
  .strict();

export type TroubleSettings = z.infer<typeof troubleSettings>;

export const noTrouble: TroubleSettings = {
  fail: null,
  delay: 0,
  breakBefore: 0,
  breakAfter: 0,
  only: "",
  drop: 0,
  duplicate: 0,
  webhookDelay: 0,
  hold: false,
  reverse: false,
};

/** What becomes of one request of the app. */
export type Fate =
  | { kind: "answer" }
  | { kind: "refuse"; status: number; retryAfterSeconds: number | null }
  | { kind: "break-before" }
  | { kind: "break-after" };

/** The trouble of one provider. */
export class Trouble {
  settings: TroubleSettings = { ...noTrouble };
  private readonly listeners: (() => void)[] = [];

  set(change: Partial<TroubleSettings>): void {
    this.settings = { ...this.settings, ...change };
    for (const listen of this.listeners) listen();
  }

  clear(): void {
    this.set({ ...noTrouble });
  }

  changed(listen: () => void): void {
    this.listeners.push(listen);
  }

  /** Waits where it must, and says what becomes of a request. */
  async meet(method: string, path: string): Promise<Fate> {
    const { settings } = this;
    if (!`${method} ${path}`.startsWith(settings.only)) return { kind: "answer" };
    if (settings.delay) await sleep(settings.delay, undefined, { ref: false });
    if (settings.fail && settings.fail.times > 0) {
      settings.fail = { ...settings.fail, times: settings.fail.times - 1 };
      return { kind: "refuse", status: settings.fail.status, retryAfterSeconds: settings.fail.retryAfterSeconds };
    }
    if (this.take("breakBefore")) return { kind: "break-before" };
    if (this.take("breakAfter")) return { kind: "break-after" };
    return { kind: "answer" };
  }

  /** How often the next webhook is sent: 0 when it is lost. */
  copies(): 0 | 1 | 2 {
    if (this.take("drop")) return 0;
    return this.take("duplicate") ? 2 : 1;
  }

  private take(what: "breakBefore" | "breakAfter" | "drop" | "duplicate"): boolean {
    if (this.settings[what] === 0) return false;
    this.settings[what] -= 1;
    return true;
  }
}
