import { Logger, run } from "graphile-worker";
import { openApp } from "~/app.server";
import { handleTogether } from "~/shopify/webhooks/handle-together";

/** A worker that notes what webhooks tell of; there is no Shopify behind it to read the records from. */
const app = openApp({ DATABASE_URL: process.env.DATABASE_URL ?? "", DATABASE_CONNECTIONS: 6 });
await run({
  pgPool: app.db.jobs,
  concurrency: 4,
  pollInterval: 1_000,
  noHandleSignals: true,
  logger: new Logger(() => () => undefined),
  taskList: {
    "handle-webhooks": (payload) => handleTogether(app, payload as { shopDomain: string }),
    "read-again": () => undefined,
  },
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
