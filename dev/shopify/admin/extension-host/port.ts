const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
let last = 0;

/** Asks the admin's page around the frame. */
export function call<Result>(name: string, ...args: unknown[]): Promise<Result> {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
    window.parent.postMessage({ localExtension: "call", id, name, args }, "*");
  });
}

window.addEventListener("message", (event) => {
  const message = event.data as { localExtension?: string; id: number; result?: unknown; error?: string };
  if (event.source !== window.parent || message?.localExtension !== "answer") return;
  const asked = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.error === undefined) asked?.resolve(message.result);
  else asked?.reject(new Error(message.error));
});
