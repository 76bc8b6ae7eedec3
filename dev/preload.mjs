// Loaded into the app's process with `node --import ./dev/preload.mjs`, so that the app itself has no branch
// for the stand-ins: see local-network.mjs.
import { setGlobalDispatcher } from "undici";
import { LocalNetwork } from "./local-network.mjs";

setGlobalDispatcher(new LocalNetwork(process.env.LOCAL_SHOPIFY_ORIGIN, process.env.LOCAL_PROVIDERS_ORIGIN));

// Whoever started this process holds the other end of the channel. When they are killed, it ends too.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
