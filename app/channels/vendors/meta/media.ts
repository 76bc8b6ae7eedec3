import { Rejected, Retryable } from "../../channel";

/** Where Meta keeps files: nothing else is fetched, because links come from outside. */
const hosts = /(^|\.)(fbcdn\.net|fbsbx\.com|cdninstagram\.com)$/;

/** Whether a link is one of Meta's own storage. */
export function isMetaMedia(link: string): boolean {
  return allowed(link) !== null;
}

function allowed(link: string): URL | null {
  try {
    const url = new URL(link);
    const plain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
    return plain && hosts.test(url.hostname) ? url : null;
  } catch {
    return null;
  }
}

const lost = (code: string): Rejected =>
  new Rejected({ code, words: "Meta no longer has this file. Ask them to send it again." });

const later = (code: string): Retryable =>
  new Retryable({ code, words: "Meta cannot be reached. The file is fetched a little later." });

/**
 * Fetches a file from Meta's storage, `most` bytes at the most, led on at most three times and only within that storage.
 * WhatsApp's wants the token besides. Throws Retryable or Rejected.
 */
export async function download(link: string, most: number, token: string | null = null): Promise<Uint8Array> {
  let url = allowed(link);
  for (let led = 0; url && led < 4; led += 1) {
    const response = await ask(url, token);
    if (response.status >= 300 && response.status < 400) {
      url = allowed(new URL(response.headers.get("location") ?? "", url).href);
      await response.body?.cancel().catch(() => undefined);
      continue;
    }
    if (response.status === 429 || response.status >= 500) throw later(String(response.status));
    if (!response.ok) throw lost(String(response.status));
    return bounded(response, most);
  }
  throw new Rejected({ code: "host", words: "This file is not kept at Meta, so it was not fetched." });
}

async function ask(url: URL, token: string | null): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: "manual",
      // Without a name of ours WhatsApp's storage takes us for a browser and answers with a page.
      headers: { "User-Agent": "Throughline", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      signal: AbortSignal.timeout(60_000),
    });
  } catch {
    throw later("network");
  }
}

async function bounded(response: Response, most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new Rejected({ code: "too-large", words: `This file is larger than ${Math.floor(most / 1_048_576)} MB.` });
  if (Number(response.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const reader = response.body?.getReader();
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      size += read.value.byteLength;
      if (size > most) {
        await reader?.cancel().catch(() => undefined);
        throw tooLarge();
      }
      parts.push(read.value);
    }
  } catch (error) {
    if (error instanceof Rejected) throw error;
    throw later("network");
  }
  return Buffer.concat(parts);
}
