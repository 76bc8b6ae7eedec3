import { env } from "~/env.server";
import { Retryable, Unclear } from "../../channel";
import { type Json, list, number, object } from "./json";
import { refusal } from "./problems";
import { proofOf } from "./signature";

/** https://developers.facebook.com/docs/graph-api/changelog: each version is served for two years. */
export const version = "v24.0";

/** Instagram's own host is for accounts that were connected with Instagram's login, without a page of Facebook's. */
export type GraphHost = "graph.facebook.com" | "graph.instagram.com";

export interface Asked {
  token: string;
  /** Below the version, without a slash at its head. */
  path: string;
  host?: GraphHost;
  query?: Readonly<Record<string, string>>;
  /** Sent with POST. */
  json?: object;
  form?: FormData;
  method?: "GET" | "POST" | "DELETE";
  /** Milliseconds until it is given up. */
  within?: number;
  /** Whether a person gets something by this: when the line breaks, it is then unclear whether they did. */
  sends?: boolean;
}

/**
 * Asks the Graph API and gives its answer. Throws Retryable when Meta is away or wants less, Rejected for what it refuses,
 * and for what sends also Unclear, when no answer came after the request was out.
 */
export async function graph(asked: Asked): Promise<Json> {
  const { token, path, host = "graph.facebook.com", json, form, within = 20_000 } = asked;
  const url = new URL(`https://${host}/${version}/${path}`);
  for (const [name, value] of Object.entries(asked.query ?? {})) url.searchParams.set(name, value);
  const secret = env().META_APP_SECRET;
  // https://developers.facebook.com/docs/graph-api/guides/secure-requests. Instagram's logins have another secret.
  if (secret && host === "graph.facebook.com" && !token.includes("|")) {
    url.searchParams.set("appsecret_proof", proofOf(token, secret));
  }
  const method = asked.method ?? (json || form ? "POST" : "GET");
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(json ? { "Content-Type": "application/json" } : {}) },
      ...(json ? { body: JSON.stringify(json) } : form ? { body: form } : {}),
      redirect: "error",
      signal: AbortSignal.timeout(within),
    });
    body = await response.text();
  } catch (error) {
    throw broken(error, asked.sends ?? false);
  }
  const answer = parsed(body);
  if (response.ok && answer && !("error" in answer)) return answer;
  throw refused(response, answer, asked.sends ?? false);
}

function parsed(body: string): Json | null {
  try {
    return object(JSON.parse(body));
  } catch {
    return null;
  }
}

/** Codes of a request that never left: nobody was there to take it. */
const neverOut = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function broken(error: unknown, sends: boolean): Retryable | Unclear {
  const code = codeOf(error) ?? "network";
  if (!sends || neverOut.has(code)) {
    return new Retryable({ code, words: "Meta cannot be reached. The message goes out by itself a little later." });
  }
  return unclear(code);
}

function unclear(code: string): Unclear {
  return new Unclear({
    code,
    words: "The line to Meta broke while this was being sent. It is being found out whether it arrived.",
  });
}

/** The cause at the bottom: fetch wraps it, and wraps those of several addresses once more. */
function codeOf(error: unknown): string | null {
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  if (typeof code === "string") return code;
  if (errors?.[0]) return codeOf(errors[0]);
  return cause ? codeOf(cause) : null;
}

function refused(response: Response, answer: Json | null, sends: boolean): Error {
  const error = answer ? object(answer.error) : {};
  const after = laterOf(response.headers);
  if ("code" in error || "message" in error) {
    // "The messages are all sent successfully, but the endpoint returns an error."
    if (sends && Number(error.code) === 1 && Number(error.error_subcode) === 1357046) return unclear("1/1357046");
    return refusal(error, response.status === 429 || response.status === 503 ? (after ?? soon()) : after);
  }
  // Something in between answered: only "too many" and "not now" say that nothing was passed on.
  if (response.status === 429 || response.status === 503) {
    const words = "Meta asks to send less for a while. The message goes out by itself a little later.";
    return new Retryable({ code: String(response.status), words }, after ?? soon());
  }
  if (sends && (response.ok || response.status >= 500)) return unclear(String(response.status));
  if (response.ok || response.status >= 500) {
    return new Retryable({
      code: String(response.status),
      words: "Meta answered with something that could not be read.",
    });
  }
  return refusal({ code: response.status }, after);
}

const soon = (): Date => new Date(Date.now() + 30_000);

/**
 * When Meta lets us send again: Retry-After, or the minutes in its header of usage.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
function laterOf(headers: Headers): Date | null {
  const given = headers.get("retry-after");
  if (given) {
    const at = /^\d+$/.test(given) ? Date.now() + Number(given) * 1000 : Date.parse(given);
    if (Number.isFinite(at)) return new Date(at);
  }
  const usage = Object.values(parsed(headers.get("x-business-use-case-usage") ?? "") ?? {}).flatMap((one) => list(one));
  const minutes = Math.max(0, ...usage.map((one) => number(one.estimated_time_to_regain_access) ?? 0));
  return minutes > 0 ? new Date(Date.now() + minutes * 60_000) : null;
}
