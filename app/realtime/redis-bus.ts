import { createClient } from "redis";
import { log } from "~/platform/log";
import type { OpenBus } from "./bus";

const channel = "throughline";

/** The bus over Redis PUBLISH and SUBSCRIBE, for when `REDIS_URL` is set. The client reconnects by itself. */
export function redisBus(url: string): OpenBus {
  return async (hear) => {
    const publisher = createClient({ url });
    const subscriber = publisher.duplicate();
    for (const client of [publisher, subscriber]) {
      client.on("error", () => log.warn("the realtime bus lost Redis, readers poll until it is back"));
    }
    await Promise.all([publisher.connect(), subscriber.connect()]);
    await subscriber.subscribe(channel, hear);
    return {
      publish(text) {
        publisher.publish(channel, text).catch(() => undefined);
      },
      async close() {
        publisher.destroy();
        subscriber.destroy();
      },
    };
  };
}
