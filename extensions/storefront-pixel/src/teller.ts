import type { Signal } from "./signals";

/** What the teller needs of the pixel's sandbox. */
export interface Sandbox {
  /** Where the chat's loader keeps this browser's pass; it answers null until the loader has made one. */
  pass(): Promise<string | null>;
  send(
    url: string,
    init: { method: "POST"; headers: Record<string, string>; body: string; keepalive: true },
  ): Promise<{
    ok: boolean;
    status: number;
  }>;
  /** Milliseconds since 1970. */
  now(): number;
  later(work: () => void, milliseconds: number): void;
}

/** As many as the app takes in one request; the oldest wait go when more wait. */
const most = 20;
/** Seconds between looks for a pass, and how many. The loader makes one when the page is idle. */
const lookAgain = 1_000;
const looks = 20;

/**
 * Tells the app of signals, in order. They wait while this browser has no pass, are sent again once when the way is
 * broken, and are dropped when the page ends first: a lost page view is no loss, a slow page is.
 */
export function teller(origin: string, sandbox: Sandbox) {
  let waiting: Signal[] = [];
  let allowed = true;
  let busy = false;
  let looked = 0;

  const token = async (): Promise<string | null> => {
    try {
      const pass = JSON.parse((await sandbox.pass()) ?? "null") as { token: string; expiresAt: number; offset: number };
      return pass && pass.expiresAt - pass.offset > sandbox.now() ? pass.token : null;
    } catch {
      return null;
    }
  };

  const flush = async (): Promise<void> => {
    if (busy || waiting.length === 0 || !allowed) return;
    busy = true;
    const bearer = await token();
    const now = waiting.slice(0, most);
    const sent = bearer !== null && (await post(bearer, now));
    busy = false;
    if (sent) {
      waiting = waiting.filter((signal) => !now.includes(signal));
      looked = 0;
      if (waiting.length > 0) await flush();
    } else if (looked < looks) {
      looked += 1;
      sandbox.later(() => void flush(), lookAgain);
    } else waiting = [];
  };

  const post = async (bearer: string, signals: Signal[]): Promise<boolean> => {
    try {
      const answer = await sandbox.send(`${origin}/storefront/journey`, {
        method: "POST",
        headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
        body: JSON.stringify({ signals }),
        keepalive: true,
      });
      // A request that the app will never take is not asked again.
      return answer.ok || (answer.status >= 400 && answer.status < 500 && ![401, 408, 429].includes(answer.status));
    } catch {
      return false;
    }
  };

  return {
    tell(signal: Signal): void {
      if (!allowed) return;
      waiting = [...waiting, signal].slice(-2 * most);
      void flush();
    },
    /** The shopper's word on being measured; without it nothing is told and nothing is kept for later. */
    permit(may: boolean): void {
      allowed = may;
      if (!may) waiting = [];
    },
  };
}
