import { isRouteErrorResponse } from "@remix-run/react";
import { useEffect } from "react";

/**
 * A page that is open stays open: when reading it anew finds no network or a server that restarts, it keeps what it
 * shows, and the line (`use-realtime.ts`) reads again when it is back. Without this the router would put the page's
 * error boundary in its place, with everything that somebody was writing.
 */
const last = new Map<string, unknown>();
const mostKept = 50;

/** Keeps what a page shows, for `steadyLoader` under the same key. */
export function useKept(key: string, data: unknown): void {
  useEffect(() => {
    last.delete(key);
    last.set(key, data);
    for (const oldest of last.keys()) {
      if (last.size <= mostKept) break;
      last.delete(oldest);
    }
  }, [key, data]);
}

/** For a route's clientLoader: what the server says, else what the page last showed under this key. */
export async function steadyLoader<Data>(key: string, read: () => Promise<Data>): Promise<Data> {
  try {
    return await read();
  } catch (error) {
    if (!isPassing(error) || !last.has(key)) throw error;
    return last.get(key) as Data;
  }
}

export interface Unreached {
  error: { code: "unreachable"; message: string };
}

/** For a route's clientAction: what the server says, else a problem in words for the page to show in its place. */
export async function steadyAction<Answer>(act: () => Promise<Answer>): Promise<Answer | Unreached> {
  try {
    return await act();
  } catch (error) {
    if (!isPassing(error)) throw error;
    return { error: { code: "unreachable", message: "There was no answer. Check your connection and try again." } };
  }
}

/** No answer at all, or one of a server that is not quite there. */
function isPassing(error: unknown): boolean {
  const status = isRouteErrorResponse(error) || error instanceof Response ? error.status : null;
  if (status !== null) return status >= 500 || status === 408 || status === 429;
  // The router itself gives up a reading that a newer one replaced.
  return error instanceof Error && error.name !== "AbortError";
}
