import { call } from "./port";

/** Tokens live for a minute; one with less than this left is not given out again, in milliseconds. */
const MARGIN = 25_000;

let held: { token: string; until: number } | null = null;
let asking: Promise<string> | null = null;

/** An ID token for the member of staff who looks at the app; a fresh one when the held one nears its end. */
export function idToken(fresh = false): Promise<string> {
  if (!fresh && held && held.until - Date.now() > MARGIN) return Promise.resolve(held.token);
  asking ??= call<string>("idToken")
    .then((token) => {
      held = { token, until: Date.now() + 60_000 };
      return token;
    })
    .finally(() => {
      asking = null;
    });
  return asking;
}
