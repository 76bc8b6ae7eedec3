import { idToken } from "./identity";
import { open } from "./navigation";

const RETRY = "X-Shopify-Retry-Invalid-Session-Request";
const REAUTHORIZE = "X-Shopify-API-Request-Failure-Reauthorize";

/**
 * Gives requests to the app's own origin an ID token, as App Bridge does. An answer that says the token was
 * not accepted is asked for once more with a fresh one.
 * https://shopify.dev/docs/api/app-home#authentication
 */
export function patchFetch(origins: readonly string[]): void {
  const plain = window.fetch.bind(window);
  window.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (!origins.includes(new URL(request.url).origin) || request.headers.has("Authorization")) return plain(request);
    const again = request.clone();
    const answer = await plain(await withToken(request, false));
    if (answer.status === 401 && answer.headers.get(RETRY) === "1") return plain(await withToken(again, true));
    if (answer.headers.get(REAUTHORIZE) === "1") {
      const to = answer.headers.get(`${REAUTHORIZE}-Url`);
      if (to) open(new URL(to, location.href).href, "_top");
    }
    return answer;
  };
}

async function withToken(request: Request, fresh: boolean): Promise<Request> {
  const headers = new Headers(request.headers);
  headers.set("Authorization", `Bearer ${await idToken(fresh)}`);
  headers.set("X-Requested-With", "XMLHttpRequest");
  return new Request(request, { headers });
}
