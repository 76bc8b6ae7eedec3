import { type Failure, Rejected, Retryable, Unclear } from "../channel";

/** Milliseconds that a provider has to answer. */
const patience = 20_000;

/** Codes of Node and undici for a line that was never there: nothing can have been taken. */
const neverThere = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/**
 * Asks a provider and gives its answer, whatever it says. When there is none: Retryable where nothing can have been taken
 * (asking only reads, or the line never stood), else Unclear. `provider` is its name as staff know it.
 */
export async function call(
  provider: string,
  url: string | URL,
  init: RequestInit & { milliseconds?: number } = {},
): Promise<Response> {
  const { milliseconds = patience, ...request } = init;
  try {
    return await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(milliseconds), ...request });
  } catch (error) {
    throw broken(provider, error, (request.method ?? "GET") === "GET");
  }
}

/** What a line that broke means, before an answer or in the middle of it. */
export function broken(provider: string, error: unknown, onlyReads: boolean): Retryable | Unclear {
  const { cause } = error as { cause?: { code?: string } };
  const notTaken = onlyReads || neverThere.has(cause?.code ?? "");
  const failure = { code: cause?.code ?? "no-answer", words: `${provider} could not be reached. It is tried again.` };
  return notTaken ? new Retryable(failure) : new Unclear(failure);
}

/** What is thrown for a provider that is overloaded or broken: for 500, 502 and 504 it may have been taken. */
export function unavailable(
  provider: string,
  answer: Response,
  options: { onlyReads: boolean; now: Date },
): Retryable | Unclear | null {
  const { status } = answer;
  const code = String(status);
  const after = retryAfter(answer.headers, options.now);
  if (status === 429) {
    const words = `${provider} takes no more messages for the moment. It is tried again.`;
    return new Retryable({ code, words }, after);
  }
  if (status < 500) return null;
  const failure: Failure = { code, words: `${provider} has a problem at the moment. It is tried again.` };
  return status === 503 || options.onlyReads ? new Retryable(failure, after) : new Unclear(failure);
}

/** Retry-After (RFC 9110, section 10.2.3): seconds or a date. Null when there is none, and never more than a day. */
export function retryAfter(headers: Headers, now: Date): Date | null {
  const said = headers.get("retry-after")?.trim();
  if (!said) return null;
  const at = /^\d+$/.test(said) ? now.getTime() + Number(said) * 1_000 : Date.parse(said);
  if (Number.isNaN(at)) return null;
  return new Date(Math.min(at, now.getTime() + 86_400_000));
}

/** All bytes of a file, or Rejected as soon as it is larger than `most`. Throws Retryable when the line breaks. */
export async function readWhole(provider: string, answer: Response, most: number): Promise<Uint8Array> {
  const words = `This file is larger than ${Math.floor(most / 1_048_576)} MB.`;
  const tooLarge = () => new Rejected({ code: "too-large", words });
  if (Number(answer.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const reader = answer.body?.getReader();
  if (!reader) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const read = await reader.read().catch((error: unknown) => {
      throw broken(provider, error, true);
    });
    if (read.done) return Buffer.concat(parts);
    size += read.value.byteLength;
    if (size > most) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    parts.push(read.value);
  }
}
