/**
 * Imported in front of a measured server: says over IPC when it listens, and answers how much memory it has after a
 * collection. It changes nothing else of it.
 */
import { Server } from "node:net";

const listen = Server.prototype.listen;
Server.prototype.listen = function (this: Server, ...words: unknown[]) {
  this.once("listening", () => process.send?.({ ready: true }));
  return listen.apply(this, words as never);
} as typeof listen;

// A server never outlives the bench that started it.
process.on("disconnect", () => process.exit());
process.on("message", (message: { what: string }) => {
  if (message.what === "cpu") {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMilliseconds: (user + system) / 1_000 });
    return;
  }
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heapUsed, external });
  }, 200);
});
