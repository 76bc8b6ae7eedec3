import { PassThrough } from "node:stream";
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { frameAncestors } from "./http/frame-ancestors";
import { log } from "./platform/log";

export const streamTimeout = 10_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  _context: AppLoadContext,
): Promise<Response> {
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", frameAncestors(new URL(request.url)));
  headers.set("Cache-Control", "no-store");
  return new Promise((resolve, reject) => {
    let answer = status;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remix} url={request.url} />, {
      onShellReady() {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answer }));
        pipe(body);
      },
      onShellError: reject,
      onError(error) {
        answer = 500;
        log.error({ kind: (error as Error).name }, "rendering failed");
      },
    });
    setTimeout(abort, streamTimeout + 1_000);
  });
}

/** Loaders and actions that failed without a Response. The message may hold what a person wrote: only its kind is kept. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const where = stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 6);
  log.error({ path: new URL(request.url).pathname, kind: name, code, where }, "a request failed");
}
