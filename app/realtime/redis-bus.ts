import { setTimeout } from "node:timers/promises";
import { createClient } from "redis";
import { newId } from "~/platform/ids";
import { log } from "~/platform/log";
import type { OpenBus } from "./bus";

const channel = "throughline";
const patienceMilliseconds = 3_000;

/** The bus over Redis PUBLISH and SUBSCRIBE, for when `REDIS_URL` is set. The client reconnects by itself. */
export function redisBus(url: string): OpenBus {
  return async (hear) => {
    // Without its offline queue: what cannot be told now is found by polling, and nothing piles up.
    const publisher = createClient({ url, disableOfflineQueue: true });
    const subscriber = createClient({ url });
    for (const client of [publisher, subscriber]) {
      client.on("error", () => log.warn("the realtime bus lost Redis, readers poll until it is back"));
    }
    // Redis tells the publisher as well, so each text carries whose it is.
    const own = `${newId()} `;
    const hearOthers = (message: string): void => {
      if (!message.startsWith(own)) hear(message.slice(own.length));
    };
    const listening = subscriber.connect().then(() => subscriber.subscribe(channel, hearOthers));
    const ready = Promise.all([publisher.connect(), listening]).catch(() => undefined);
    // Both try again for ever: a Redis that is away now must not keep the app from starting.
    await Promise.race([ready, setTimeout(patienceMilliseconds, null, { ref: false })]);
    return {
      publish(text) {
        publisher.publish(channel, own + text).catch(() => undefined);
      },
      async close() {
        publisher.destroy();
        subscriber.destroy();
      },
    };
  };
}
