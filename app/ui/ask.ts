/** What the server said no to, for the page to show where it belongs. */
export class AskFailed extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: { field: string; message: string }[] = [],
  ) {
    super(message);
  }
}

/**
 * Asks the app's own server from the browser, with a fresh ID token. Answers the JSON, or throws AskFailed: status 0 when
 * there was no answer at all (no network, or more than `seconds`).
 */
export async function ask<Answer>(path: string, init: RequestInit = {}, seconds = 20): Promise<Answer> {
  const response = await reach(path, init, seconds);
  const body = (await response.json().catch(() => null)) as Answer | null;
  if (response.ok && body !== null) return body;
  const problem = (body as { error?: { code: string; message: string; fields?: AskFailed["fields"] } } | null)?.error;
  throw new AskFailed(
    response.status,
    problem?.code ?? "failed",
    problem?.message ?? "Something went wrong on our side. Try again.",
    problem?.fields,
  );
}

/** The same for what is not JSON, such as a picture. */
export async function askBlob(path: string): Promise<Blob> {
  const response = await reach(path, {}, 60);
  if (!response.ok) throw new AskFailed(response.status, "failed", "This file could not be loaded.");
  return response.blob();
}

/** A body as JSON, posted. */
export function posting(body: unknown): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function reach(path: string, init: RequestInit, seconds: number): Promise<Response> {
  try {
    const token = await shopify.idToken();
    return await fetch(path, {
      ...init,
      headers: { ...init.headers, Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(seconds * 1000),
    });
  } catch {
    throw new AskFailed(0, "unreachable", "There was no answer. Check your connection and try again.");
  }
}
