import { setImmediate as nextTurn } from "node:timers/promises";

/** How long a mail may be read before everything else on the event loop has its turn. */
const turnMilliseconds = 12;

/** Lets the event loop turn when this reading has held it for long; returns at once otherwise. */
export type Pause = () => Promise<void> | undefined;

export function makePause(): Pause {
  let since = performance.now();
  return () => {
    if (performance.now() - since < turnMilliseconds) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}
