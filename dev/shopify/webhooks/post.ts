import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";

export interface Timeouts {
  /** Milliseconds until the connection must stand. */
  connect: number;
  /** Milliseconds until the answer must be complete. */
  total: number;
}

export interface Outcome {
  status: number | null;
  error: string | null;
  milliseconds: number;
}

/** One POST; never throws. Redirects are not followed: for Shopify they are failures. */
export function post(url: string, headers: Record<string, string>, body: string, timeouts: Timeouts): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = [];
    let status: number | null = null;
    const finish = (error: string | null) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ status: error === null ? status : null, error, milliseconds: Math.round(performance.now() - started) });
    };
    const send = url.startsWith("https:") ? requestSecure : requestPlain;
    try {
      const request = send(url, { method: "POST", headers, agent: false }, (response) => {
        status = response.statusCode ?? null;
        response.resume();
        response.on("end", () => finish(null));
        response.on("error", (error) => finish(error.message));
      });
      const giveUp = (after: number, reason: string) => setTimeout(() => request.destroy(new Error(reason)), after);
      const connecting = giveUp(timeouts.connect, "connection timed out");
      timers.push(connecting, giveUp(timeouts.total, "timed out"));
      request.on("socket", (socket) => socket.once("connect", () => clearTimeout(connecting)));
      request.on("error", (error) => finish(error.message));
      request.end(body);
    } catch (error) {
      finish((error as Error).message);
    }
  });
}
