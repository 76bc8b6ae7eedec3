import { Rejected, Retryable } from "../../channel";
import { call, unavailable } from "../call";
import { authorization, type XKeys } from "./oauth";

/** https://docs.x.com/x-api/introduction */
export const api = "https://api.x.com";

export type XAnswer = Record<string, unknown>;

/**
 * Asks X in the name of the account. A body is sent as JSON; a form with a file as it is. Throws Retryable (down, or its
 * limit is used up: then until it is filled again), Rejected with the reason in plain words, or Unclear.
 */
export async function askX(
  keys: XKeys,
  method: "GET" | "POST",
  path: string,
  options: { json?: unknown; data?: FormData; bearer?: string } = {},
): Promise<{ said: XAnswer; at: Date }> {
  const { json, data, bearer } = options;
  const url = `${api}${path}`;
  const answer = await call("X", url, {
    method,
    headers: {
      Authorization: bearer ? `Bearer ${bearer}` : authorization(keys, method, url),
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(data ? { body: data } : json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text().catch(() => "");
  const now = new Date();
  const said = object(text);
  if (answer.ok) return { said, at: new Date(answer.headers.get("date") ?? now) };
  if (answer.status === 429) throw limited(answer.headers);
  throw unavailable("X", answer, { onlyReads: method === "GET", now }) ?? rejected(answer.status, said);
}

/** https://docs.x.com/x-api/fundamentals/rate-limits: the second at which the limit is filled again. */
function limited(headers: Headers): Retryable {
  const reset = Number(headers.get("x-rate-limit-reset") ?? 0) * 1_000;
  const words = "X takes no more messages from this account for the moment. It is tried again.";
  return new Retryable({ code: "429", words }, reset > 0 ? new Date(reset) : null);
}

const askManager = "Ask a manager to look at Settings → Channels.";

function rejected(status: number, said: XAnswer): Rejected {
  const detail = String(said["detail"] ?? "");
  const [first] = Array.isArray(said["errors"]) ? (said["errors"] as { code?: number }[]) : [];
  const code = String(first?.code ?? status);
  if (status === 401) return ofAccount(code, `X no longer takes the keys of this account. ${askManager}`);
  if (status === 403 && /cannot send|not permitted to|349/i.test(`${detail} ${code}`)) {
    const words = "They do not take messages from this account on X. Use another channel, or wait until they write.";
    return new Rejected({ code, words });
  }
  if (status === 403) return ofAccount(code, `X does not allow this app to send messages. ${askManager}`);
  if (status === 404) return new Rejected({ code, words: "This person is no longer on X. Use another channel." }, true);
  return new Rejected({ code, words: `X did not take this (code ${code}). Change it, or use another channel.` });
}

function object(text: string): XAnswer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as XAnswer) : {};
  } catch {
    return {};
  }
}

const ofAccount = (code: string, words: string): Rejected => new Rejected({ code, words, isOf: "account" });
