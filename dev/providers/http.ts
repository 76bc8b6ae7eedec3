import type { IncomingMessage, ServerResponse } from "node:http";

/** A whole recording or video, and some. */
const largest = 110 * 1024 * 1024;

/** A request as the stand-ins read it, with the host that was asked. A provider's own host is asked over https. */
export async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) throw new Error("the body is too large");
    parts.push(part);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const host = incoming.headers.host ?? "localhost";
  const scheme = /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host) ? "http" : "https";
  const method = incoming.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(parts);
  return new Request(`${scheme}://${host}${incoming.url ?? "/"}`, { method, headers, body });
}

export async function answerOver(outgoing: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  outgoing.statusCode = answer.status;
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  if (answer.status !== 204) outgoing.setHeader("Content-Length", body.length);
  outgoing.end(body);
}
