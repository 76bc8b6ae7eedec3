import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setGlobalDispatcher } from "undici";
import { openApp } from "~/app.server";
import { prepareJobs } from "~/jobs/run";
import { startWorker } from "~/worker";
import { LocalNetwork } from "../../dev/local-network.mjs";

/** The app's worker, with a Meta on this machine that knows one name and says it at once. */
const far = createServer((request, response) => {
  request.resume();
  response.setHeader("Content-Type", "application/json").end(`{"name":"Mia Berg","id":"1"}`);
});
await new Promise<void>((resolve) => far.listen(0, "127.0.0.1", resolve));
const { port } = far.address() as AddressInfo;
setGlobalDispatcher(new LocalNetwork(undefined, `http://127.0.0.1:${port}`) as never);

const app = openApp({ DATABASE_URL: process.env.DATABASE_URL ?? "", DATABASE_CONNECTIONS: 12 });
await prepareJobs(app.db);
await startWorker(app);
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
